import { type CallToolResult, ProtocolError } from '@modelcontextprotocol/server';
import { keptFailure, told } from '../kept-result.ts';
import type { FailureForm } from '../tool-answer.ts';
import { isFinal, type TaskState } from './ports.ts';

/**
 * What the call behind a finished task answers.
 * @throws ProtocolError when the call ended with a JSON-RPC error
 */
export function outcomeOf(task: TaskState, form: FailureForm): CallToolResult {
  if (task.error !== undefined) {
    throw new ProtocolError(task.error.code, task.error.message, task.error.data);
  }
  const { id, result, code } = task;
  return result === undefined
    ? told(keptFailure('refused', `The task ${id} was cancelled; it has no result.`), form)
    : told({ result, code }, form);
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
