import { remoteParent, remoteParentOf } from '../telemetry/trace-context.ts';
import { correlationOf } from './correlation.ts';
import { dialogueWith } from './dialogue.ts';
import type { Invocation } from './pipeline/invocation.ts';
import { progressReporter } from './progress.ts';
import type { RegisteredTool } from './registry.ts';
import type { ToolRequest } from './static-server.ts';
import type { PipelineOptions } from './tool-surface.ts';

/** The caller's own call of a tool, at the begin of its way through the pipeline. */
export function invocationOf(
  tool: RegisteredTool,
  { principal, arguments: args, context, canAsk }: ToolRequest,
  { resources, policy, states, now }: PipelineOptions,
): Invocation {
  const { store, knowledge } = resources(principal);
  const late = new AbortController();
  const correlationId = correlationOf(context.http?.req);
  return {
    late,
    tool,
    arguments: args,
    correlationId,
    startedAt: now(),
    by: 'caller',
    clientTrace: {
      inMessage: remoteParent(context.mcpReq._meta ?? {}),
      inHeaders: remoteParentOf(context.http?.req?.headers),
    },
    dialogue: dialogueWith(context, canAsk, states),
    input: {},
    confirmationCode: undefined,
    outcome: 'unknown',
    call: {
      principal,
      correlationId,
      store,
      knowledge,
      policy,
      now,
      signal: AbortSignal.any([context.mcpReq.signal, late.signal]),
      progress: progressReporter(context),
    },
  };
}
