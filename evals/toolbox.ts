import { randomBytes } from 'node:crypto';
import { AuditTrail } from '../shared/access/audit.ts';
import { expertToolboxes } from '../shared/composition/expert-toolbox.ts';
import type { Domain } from '../shared/experts/domains.ts';
import type { ExpertToolbox, ToolOutcome } from '../shared/experts/ports.ts';
import { confirmationStates } from '../shared/mcp/dialogue.ts';
import { ToolRegistry } from '../shared/mcp/registry.ts';
import { callPipeline } from '../shared/mcp/tool-surface.ts';
import type { ToolCall } from '../shared/tools/define.ts';
import { businessTools } from '../shared/tools/index.ts';

export interface RecordedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly outcome: ToolOutcome['kind'];
}

const registry = new ToolRegistry(businessTools);

/**
 * The tools of a domain for a caller who never confirms anything, through the pipeline that every call goes through;
 * every call is written down.
 */
export function recordingToolbox(
  domain: Domain,
  call: ToolCall,
): { readonly toolbox: ExpertToolbox; readonly calls: RecordedCall[] } {
  const real = expertToolboxes({ tools: businessTools, registry, run: pipelineFor(call) })(call, domain);
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

function pipelineFor({ now, policy }: ToolCall) {
  const signingKey = randomBytes(32).toString('base64url');
  return callPipeline({
    resources: () => {
      throw new Error('Nobody confirms anything here.');
    },
    policy,
    trail: new AuditTrail({ write: async () => {} }, () => {}),
    signingKey,
    states: confirmationStates(signingKey),
    now,
    logger: { log: () => {} },
  });
}
