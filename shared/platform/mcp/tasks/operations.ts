import * as z from 'zod';
import { defaultTimeoutMs } from '../definitions/tool.ts';
import type { Operation } from '../pipeline/operation.ts';
import type { RegisteredTool } from '../registry.ts';
import type { OwnTasks } from './own-tasks.ts';
import type { LongTool, TaskState } from './ports.ts';

/** A call of a long tool whose work begins now and goes on after it: allowed, checked and agreed to as any call of the tool. */
export function startOperation({ operation }: RegisteredTool, long: LongTool): Operation<TaskState> {
  return { ...operation, timeoutMs: defaultTimeoutMs, run: (input, call) => long.start(input, call) };
}

const byId = z.strictObject({ taskId: z.string() });

/** The end of a task, before it is done. Whoever may use its tool may end it; nobody is asked. */
export function cancelOperation({ definition }: LongTool, own: OwnTasks): Operation<TaskState> {
  return {
    kind: 'task',
    name: 'cancel',
    title: 'Cancel the task',
    permission: definition.permission,
    input: byId,
    effects: 'writes',
    run: ({ taskId }) => own.cancel(String(taskId)),
  };
}
