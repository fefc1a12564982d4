import { type CallToolResult, ProtocolError } from '@modelcontextprotocol/server';
import { failure } from '../tool-answer.ts';
import { isFinal, type TaskState } from './ports.ts';

/**
 * What the call behind a finished task answers.
 * @throws ProtocolError when the call ended with a JSON-RPC error
 */
export function outcomeOf(task: TaskState): CallToolResult {
  if (task.error !== undefined) {
    throw new ProtocolError(task.error.code, task.error.message, task.error.data);
  }
  return task.result ?? failure(`The task ${task.id} was cancelled; it has no result.`);
}

/**
 * Looks on until the task is finished or the signal aborts.
 * @param onState told of every state on the way
 * @returns the last state that was seen
 */
export async function lastState(
  first: TaskState,
  states: AsyncIterable<TaskState>,
  onState: (state: TaskState) => void = () => {},
): Promise<TaskState> {
  let last = first;
  if (isFinal(first)) {
    return first;
  }
  for await (const state of states) {
    last = state;
    onState(state);
  }
  return last;
}
