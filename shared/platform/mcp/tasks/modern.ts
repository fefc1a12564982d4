import type { ServerContext } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { ServedRequest } from '../served-request.ts';
import type { ServedServer } from '../surface.ts';
import { guarded } from './boundary.ts';
import { cancelTask } from './cancel.ts';
import { takesTasks, tasksExtensionId, tasksRequired } from './capability.ts';
import { detailedTask } from './modern-wire.ts';
import type { TasksSetup } from './options.ts';

const anyResult = z.looseObject({});
const byId = z.looseObject({ taskId: z.string() });

type TaskId = z.output<typeof byId>;

/** The Tasks extension of 2026-07-28: `tasks/get`, `tasks/update`, `tasks/cancel` (SEP-2663). */
export function serveTasks(mcp: ServedServer, { principal }: ServedRequest, setup: TasksSetup): void {
  const { server } = mcp;
  const own = setup.tasksOf(principal);
  const handle = (
    method: string,
    answer: (params: TaskId, context: ServerContext) => Promise<Record<string, unknown>>,
  ) => {
    const handler = guarded(setup.logger, async (params: TaskId, context) => {
      if (!takesTasks(context)) {
        throw tasksRequired();
      }
      return answer(params, context);
    });
    server.setRequestHandler(method, { params: byId, result: anyResult }, handler);
  };
  server.registerCapabilities({ extensions: { [tasksExtensionId]: {} } });
  handle('tasks/get', async ({ taskId }) => detailedTask(await own.get(taskId)));
  handle('tasks/cancel', async ({ taskId }, context) => {
    await cancelTask(mcp, setup, taskId, context);
    return {};
  });
  handle('tasks/update', async ({ taskId }, { mcpReq }) => {
    // The SDK takes `inputResponses` out of the parameters of every request.
    await own.answer(taskId, mcpReq.inputResponses ?? {});
    return {};
  });
}
