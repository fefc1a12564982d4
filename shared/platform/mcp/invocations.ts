import { randomUUID } from 'node:crypto';
import { correlationOf } from '../http/correlation.ts';
import { remoteParent, remoteParentOf } from '../telemetry/trace-context.ts';
import { dialogueWith } from './dialogue.ts';
import { CallSignal } from './pipeline/call-signal.ts';
import type { Invocation } from './pipeline/invocation.ts';
import type { PipelineOptions } from './pipeline/options.ts';
import { progressReporter } from './progress.ts';
import type { RegisteredTool } from './registry.ts';
import type { ToolRequest } from './surface.ts';

/** The caller's own call of a tool, at the begin of its way through the pipeline. */
export function invocationOf(
  tool: RegisteredTool,
  { principal, arguments: args, context, canAsk, calledOff }: ToolRequest,
  { resources, policy, states, now }: PipelineOptions,
): Invocation {
  const { store, knowledge } = resources(principal);
  const ending = new CallSignal(context.mcpReq.signal);
  const correlationId = correlationOf(context.http?.req);
  return {
    ending,
    tool,
    arguments: args,
    id: randomUUID(),
    correlationId,
    startedAt: now(),
    by: 'caller',
    clientTrace: {
      inMessage: remoteParent(context.mcpReq._meta ?? {}),
      inHeaders: remoteParentOf(context.http?.req?.headers),
    },
    dialogue: dialogueWith(context, canAsk, { states, now }),
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
      calledOff,
      get signal() {
        return ending.signal;
      },
      progress: progressReporter(context),
      hasProgress: context.mcpReq._meta?.progressToken !== undefined,
    },
  };
}
