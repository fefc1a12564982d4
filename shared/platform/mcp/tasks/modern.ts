import * as z from 'zod';
import type { ServedServer } from '../surface.ts';
import { guarded } from './boundary.ts';
import { takesTasks, tasksExtensionId, tasksRequired } from './capability.ts';
import { asSeen, detailedTask } from './modern-wire.ts';
import { cancelTask, onTask, type TaskRequest } from './on-task.ts';
import { getOperation, updateOperation } from './operations.ts';
import type { TasksSetup } from './options.ts';

const anyResult = z.looseObject({});
const byId = z.looseObject({ taskId: z.string() });

type TaskId = z.output<typeof byId>;

/** The Tasks extension of 2026-07-28: `tasks/get`, `tasks/update`, `tasks/cancel` (SEP-2663). */
export function serveTasks(served: ServedServer, setup: TasksSetup): void {
  const { server } = served;
  const handle = (method: string, answer: (request: TaskRequest) => Promise<Record<string, unknown>>) => {
    const handler = guarded(setup.logger, async ({ taskId }: TaskId, context) => {
      if (!takesTasks(context)) {
        throw tasksRequired();
      }
      return answer({ server: served, setup, id: taskId, context });
    });
    server.setRequestHandler(method, { params: byId, result: anyResult }, handler);
  };
  server.registerCapabilities({ extensions: { [tasksExtensionId]: {} } });
  handle('tasks/get', async (request) => {
    const state = await onTask(request, getOperation);
    const { principal } = served.requestFor({}, request.context);
    return detailedTask(await asSeen(state, principal, setup), served.surface);
  });
  handle('tasks/cancel', async (request) => {
    await cancelTask(request);
    return {};
  });
  handle('tasks/update', async (request) => {
    const state = await onTask(request, updateOperation);
    await setup.dialogue?.answered(state, served.requestFor({}, request.context));
    return {};
  });
}
