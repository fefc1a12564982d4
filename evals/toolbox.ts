import { randomBytes } from 'node:crypto';
import { contoso } from '#contoso/business';
import { expertDefinitions } from '#contoso/experts/domains';
import { AuditTrail } from '#platform/access/audit';
import type { AskDependencies } from '#platform/experts/ask';
import type { ToolOutcome } from '#platform/experts/ports';
import { handTools } from '#platform/experts/team/hand-over';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import { callPipeline } from '#platform/mcp/pipeline/call-pipeline';
import { ToolRegistry } from '#platform/mcp/registry';
import { offersOf } from '#platform/offers';
import { expertToolboxes } from '../shared/composition/expert-toolbox.ts';

export interface RecordedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly outcome: ToolOutcome['kind'];
  /** What it returned; undefined when it did not succeed. */
  readonly data: unknown;
}

/** An evaluation runs no jobs. */
const { tools } = offersOf({
  ...contoso,
  askTools: [],
  handTools: handTools(expertDefinitions),
  jobTools: [],
  jobReaders: [],
});
/** Everything that an expert may call. */
export const registry = new ToolRegistry(tools);

/**
 * The tools of the experts for a caller who never confirms anything, through the pipeline that every call goes through;
 * every call is written down, whichever expert made it.
 */
export function recordingToolboxes(call: ToolCall): {
  readonly toolboxFor: AskDependencies['toolboxFor'];
  readonly calls: RecordedCall[];
} {
  const real = expertToolboxes({ registry, run: pipelineFor(call) });
  const calls: RecordedCall[] = [];
  return {
    calls,
    toolboxFor(expert, handing) {
      const own = real(call, expert, handing);
      return {
        definitions: own.definitions,
        async call(name, args, signal, progress, wish) {
          const outcome = await own.call(name, args, signal, progress, wish);
          const data = outcome.kind === 'ok' ? outcome.data : undefined;
          calls.push({ name, arguments: args, outcome: outcome.kind, data });
          return outcome;
        },
      };
    },
  };
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
