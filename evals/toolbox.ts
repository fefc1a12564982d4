import { randomBytes } from 'node:crypto';
import { contoso } from '#contoso/business';
import { type Domain, domainDefinitions } from '#contoso/experts/domains';
import { AuditTrail } from '#platform/access/audit';
import type { ExpertToolbox, ToolOutcome } from '#platform/experts/ports';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import { callPipeline } from '#platform/mcp/pipeline/call-pipeline';
import { ToolRegistry } from '#platform/mcp/registry';
import { offersOf } from '#platform/offers';
import { expertToolboxes } from '../shared/composition/expert-toolbox.ts';

export interface RecordedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly outcome: ToolOutcome['kind'];
}

/** An evaluation runs no jobs. */
const { tools } = offersOf({ ...contoso, askTools: [], jobTools: [], jobReaders: [] });
const registry = new ToolRegistry(tools);

/**
 * The tools of a domain for a caller who never confirms anything, through the pipeline that every call goes through;
 * every call is written down.
 */
export function recordingToolbox(
  domain: Domain,
  call: ToolCall,
): { readonly toolbox: ExpertToolbox; readonly calls: RecordedCall[] } {
  const real = expertToolboxes({ registry, run: pipelineFor(call) })(call, domainDefinitions[domain]);
  const calls: RecordedCall[] = [];
  const toolbox: ExpertToolbox = {
    definitions: real.definitions,
    async call(name, args, signal, progress) {
      const outcome = await real.call(name, args, signal, progress);
      calls.push({ name, arguments: args, outcome: outcome.kind });
      return outcome;
    },
  };
  return { toolbox, calls };
}

function pipelineFor({ now }: ToolCall) {
  const signingKey = randomBytes(32).toString('base64url');
  return callPipeline({
    resources: () => {
      throw new Error('Nobody confirms anything here.');
    },
    trail: new AuditTrail({ write: async () => {} }, () => {}),
    signingKeys: [signingKey],
    now,
    logger: { log: () => {} },
  });
}
