import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { correlationOf } from '../correlation.ts';
import { failure } from '../pipeline/invocation.ts';
import { progressReporter } from '../progress.ts';
import { withinClock } from './clock.ts';
import type { TasksSetup } from './options.ts';
import { lastState, outcomeOf } from './outcome.ts';
import type { OwnTasks } from './own-tasks.ts';
import { isFinal, type TaskState } from './ports.ts';

/**
 * Answers a call of a client that does not take tasks: progress on the request's own stream, the result at the end.
 * When the clock runs out or the client leaves, the work goes on; only the looking on ends.
 * @throws ProtocolError when the call ended with a JSON-RPC error
 */
export async function followTask(
  task: TaskState,
  own: OwnTasks,
  context: ServerContext,
  { clock, logger }: TasksSetup,
): Promise<CallToolResult> {
  const report = progressReporter(context);
  let last = task;
  const onState = (state: TaskState) => {
    last = state;
    if (state.progress !== undefined) report(state.progress, 100, state.message ?? '');
  };
  onState(task);
  try {
    await withinClock(clock, context.mcpReq.signal, (signal) =>
      lastState(task, own.watch(task.id, signal, task.progress), onState),
    );
  } catch (error) {
    // The caller needs the handle now more than ever: the work goes on without anybody looking.
    logger.log('warn', 'lost sight of a task', {
      correlationId: correlationOf(context.http?.req),
      error: error instanceof Error ? error.name : typeof error,
    });
  }
  return isFinal(last) ? outcomeOf(last) : failure(stillRunning(last));
}

function stillRunning({ id, tool, progress }: TaskState): string {
  const sofar = progress === undefined ? '' : ` (${progress} % done)`;
  return `${tool} is still running${sofar}, and this answer cannot wait any longer. Do not call it again: ask for the result of task ${id} with tasks/get or tasks/result.`;
}
