import type { CallToolResult } from '@modelcontextprotocol/server';
import { visible } from '../../format-controls.ts';
import type { Principal } from '../../identity/principal.ts';
import { told } from '../kept-result.ts';
import type { FailureForm } from '../tool-answer.ts';
import type { TasksSetup } from './options.ts';
import type { TaskState } from './ports.ts';

/** A task as the Tasks extension of 2026-07-28 writes it (SEP-2663, `Task`). */
function toWire({ id, status, message, createdAt, updatedAt, ttlMs, pollIntervalMs }: TaskState) {
  return {
    taskId: id,
    status,
    ...(message !== undefined && { statusMessage: visible(message) }),
    createdAt,
    lastUpdatedAt: updatedAt,
    ttlMs,
    pollIntervalMs,
  };
}

/** The answer to the call that created the task (SEP-2663, `CreateTaskResult`): never with a result or an error in it. */
export function createTaskResult(task: TaskState): CallToolResult {
  return { resultType: 'task', ...toWire(task), content: [] };
}

/** The task as its client sees it, with what it is asked. */
export async function asSeen(
  state: TaskState,
  principal: Principal,
  { dialogue }: Pick<TasksSetup, 'dialogue'>,
): Promise<TaskState> {
  return dialogue === undefined ? state : await dialogue.asking(state, principal);
}

/** The task with what its status brings along (SEP-2663, `DetailedTask`). */
export function detailedTask(task: TaskState, form: FailureForm) {
  return { ...toWire(task), ...payload(task, form) };
}

/** The result says its own type: clients check it as the complete result of a `tools/call`. */
function payload({ status, inputRequests, result, code, error }: TaskState, form: FailureForm) {
  if (status === 'input_required') {
    return { inputRequests: inputRequests ?? {} };
  }
  if (status === 'completed') {
    return { result: { resultType: 'complete', ...(result && told({ result, code }, form)) } };
  }
  return status === 'failed' ? { error } : {};
}
