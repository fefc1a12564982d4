import type { CallToolResult } from '@modelcontextprotocol/server';
import { visible } from '../../format-controls.ts';
import type { TaskState } from './ports.ts';

/** A task as MCP 2025-11-25 writes it (tasks, `Task`); a failure of the tool makes a failed task there. */
export function legacyTask(task: TaskState) {
  const { id, status, message, createdAt, updatedAt, ttlMs, pollIntervalMs, result } = task;
  return {
    taskId: id,
    status: status === 'completed' && result?.isError === true ? 'failed' : status,
    ...(message !== undefined && { statusMessage: visible(message) }),
    createdAt,
    lastUpdatedAt: updatedAt,
    ttl: ttlMs,
    pollInterval: pollIntervalMs,
  };
}

/** The answer to the call that created the task (MCP 2025-11-25, tasks, `CreateTaskResult`). */
export function legacyCreateTaskResult(task: TaskState): CallToolResult {
  return { task: legacyTask(task), content: [] };
}
