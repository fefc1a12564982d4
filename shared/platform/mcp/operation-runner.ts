import { correlationOf } from '../http/correlation.ts';
import { isMeasured } from '../telemetry/instruments.ts';
import { remoteParent, remoteParentOf } from '../telemetry/trace-context.ts';
import { dialogueWith, withAnswer } from './dialogue.ts';
import type { OperationRequest, RunOperation } from './operation-request.ts';
import { failed } from './pipeline/answer.ts';
import { callPipeline } from './pipeline/call-pipeline.ts';
import { type Opening, openInvocation } from './pipeline/invocation.ts';
import { messageFacts } from './pipeline/message-facts.ts';
import type { PipelineOptions } from './pipeline/options.ts';
import { progressReporter } from './progress.ts';

/**
 * Runs what callers ask for. A client that can be asked within the call is asked what the operation asks, once; then the
 * operation runs with the answer.
 */
export function operationRunner(options: PipelineOptions): RunOperation {
  const run = callPipeline(options);
  return async function runForCaller(operation, request) {
    const answer = await run(openInvocation(operation, openingOf(request, options)));
    const { elicit, context } = request;
    if (answer.kind !== 'asks' || elicit === undefined) {
      return answer;
    }
    const { question } = answer;
    const response = await elicit(question);
    const answered = await withAnswer(context, question, response, options.states).catch(() => undefined);
    if (answered === undefined) {
      return failed('refused', 'The answer came too late, so nothing was done; call again.');
    }
    return await run(openInvocation(operation, openingOf({ ...request, context: answered }, options)));
  };
}

/** The caller's own call, as its request has it. */
function openingOf(
  {
    principal,
    endpoint,
    by,
    wish,
    conversation,
    arguments: args,
    context,
    canAsk,
    calledOff,
  }: OperationRequest,
  { resources, policy, states, downstream, now }: PipelineOptions,
): Opening {
  const { store, knowledge } = resources(principal);
  const { mcpReq, http } = context;
  return {
    arguments: args,
    by: by ?? 'caller',
    wish,
    endpoint,
    gone: mcpReq.signal,
    clientTrace: {
      inMessage: remoteParent(mcpReq._meta ?? {}),
      inHeaders: remoteParentOf(http?.req?.headers),
    },
    // for telemetry alone
    message: isMeasured() ? messageFacts(context) : undefined,
    dialogue: dialogueWith(context, canAsk, { states, now, conversation }),
    call: {
      principal,
      correlationId: correlationOf(http?.req),
      store,
      knowledge,
      policy,
      ...(downstream && { downstream: downstream(principal) }),
      now,
      calledOff,
      progress: progressReporter(context),
      hasProgress: mcpReq._meta?.progressToken !== undefined,
    },
  };
}
