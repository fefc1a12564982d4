import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { correlationOf } from '../../http/correlation.ts';
import { keptFailure, told } from '../kept-result.ts';
import type { OperationRequest } from '../operation-request.ts';
import { progressReporter } from '../progress.ts';
import type { ServedServer } from '../surface.ts';
import { withinClock } from './clock.ts';
import { cancelTask } from './on-task.ts';
import type { TasksSetup } from './options.ts';
import { lastState, outcomeOf } from './outcome.ts';
import { isFinal, type TaskState } from './ports.ts';
import { stillRunning } from './still-running.ts';

/**
 * Answers a call of a client that does not take tasks: progress on the request's own stream, the result at the end.
 * When the clock runs out or the process stops, the work goes on and only this call ends. A caller that cancels ends
 * the work: nobody else can fetch its result, and it would keep one of the caller's slots.
 * @param unfinished what the call answers when the work goes on; a word on how to get at the result when not said
 * @throws ProtocolError when the call ended with a JSON-RPC error
 */
export async function followTask(
  server: ServedServer,
  task: TaskState,
  request: OperationRequest,
  setup: TasksSetup,
  unfinished: (last: TaskState) => CallToolResult = (last) => goesOn(server, last, request, setup),
): Promise<CallToolResult> {
  const { context } = request;
  const last = await follow(task, request, setup);
  if (isFinal(last)) {
    return outcomeOf(last, server.surface);
  }
  if (context.mcpReq.signal.aborted && (await request.calledOff())) {
    await cancelTask({ server, setup, id: task.id, context }).catch((error: unknown) =>
      logLoss('task not cancelled', error, context, setup),
    );
  }
  return unfinished(last);
}

function goesOn(
  { server, surface }: ServedServer,
  last: TaskState,
  { arguments: args }: OperationRequest,
  { now }: TasksSetup,
): CallToolResult {
  const version = server.getNegotiatedProtocolVersion();
  const sentence = stillRunning(last, { version, arguments: args, now: now() });
  return told(keptFailure('unavailable', sentence), surface);
}

/** The last state that was seen before the end, or before nobody could look on any longer. */
async function follow(
  task: TaskState,
  { principal, context }: OperationRequest,
  setup: TasksSetup,
): Promise<TaskState> {
  const report = progressReporter(context);
  let last = task;
  const onState = (state: TaskState) => {
    last = state;
    if (state.progress !== undefined) {
      report(state.progress, 100, state.message ?? '');
    }
  };
  onState(task);
  const { stopping } = setup;
  const { signal } = context.mcpReq;
  try {
    await withinClock(setup.clock, stopping ? [signal, stopping] : [signal], (over) =>
      lastState(task, setup.tasks.watch(task.id, principal, over, task.progress), onState),
    );
  } catch (error) {
    // The caller needs the handle now, because the work goes on without this call.
    logLoss('lost sight of a task', error, context, setup);
  }
  return last;
}

function logLoss(what: string, error: unknown, { http }: ServerContext, { logger }: TasksSetup): void {
  logger.log('warn', what, {
    correlationId: correlationOf(http?.req),
    error: error instanceof Error ? error.name : typeof error,
  });
}
