import {
  ProtocolError,
  ProtocolErrorCode,
  RELATED_TASK_META_KEY,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { viewerAt } from '../../access/exposure.ts';
import type { ServedRequest } from '../served-request.ts';
import type { ServedServer } from '../surface.ts';
import { guarded } from './boundary.ts';
import { legacyTask } from './legacy-wire.ts';
import { cancelTask, onTask, type TaskRequest } from './on-task.ts';
import { getOperation, resultOperation } from './operations.ts';
import type { TasksSetup } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { pageOf } from './page.ts';
import { isFinal, type TaskState } from './ports.ts';

const anyResult = z.looseObject({});
export const byId = z.looseObject({ taskId: z.string() });
export const byCursor = z.looseObject({ cursor: z.string().optional() }).default({});

/** Our own code, outside the range that JSON-RPC reserves: asking again will work. */
const stillWorking = -31_001;

/** Tasks came with 2025-11-25; sessions of older revisions do not know them. */
export function knowsTasks({ revision }: ServedRequest): boolean {
  return revision === '2025-11-25';
}

/** The tasks of MCP 2025-11-25: `tasks/get`, `tasks/result`, `tasks/cancel`, `tasks/list`. */
export function serveLegacyTasks(
  served: ServedServer,
  { principal }: ServedRequest,
  setup: TasksSetup,
): void {
  const { server } = served;
  server.registerCapabilities({ tasks: { cancel: {}, list: {}, requests: { tools: { call: {} } } } });
  const handle = <Params>(
    method: string,
    params: z.ZodType<Params>,
    answer: (params: Params, context: ServerContext) => Promise<Record<string, unknown>>,
  ) => server.setRequestHandler(method, { params, result: anyResult }, guarded(setup.logger, answer));
  const handleTask = (method: string, answer: (request: TaskRequest) => Promise<Record<string, unknown>>) =>
    handle(method, byId, ({ taskId: id }, context) => answer({ server: served, setup, id, context }));
  handleTask('tasks/get', async (request) => legacyTask(await onTask(request, getOperation)));
  handleTask('tasks/result', resultOf);
  handleTask('tasks/cancel', async (request) => {
    const after = await cancelTask(request, notEnded);
    return after.status === 'cancelled' ? legacyTask(after) : tooLate(after);
  });
  handle('tasks/list', byCursor, async ({ cursor }) => {
    const { items, nextCursor } = pageOf(await setup.tasks.list(principal), cursor);
    return { tasks: items.map(legacyTask), ...(nextCursor !== undefined && { nextCursor }) };
  });
}

/** Waits for the end of the task, as long as the clock allows. */
async function resultOf(request: TaskRequest): Promise<Record<string, unknown>> {
  const { id, server, setup } = request;
  const task = await onTask(request, resultOperation(setup));
  if (!isFinal(task)) {
    throw new ProtocolError(stillWorking, `The task ${id} is still working; ask for its result again.`);
  }
  const result = outcomeOf(task, server.surface);
  return { ...result, _meta: { ...result._meta, [RELATED_TASK_META_KEY]: { taskId: id } } };
}

function notEnded(task: TaskState): void {
  if (isFinal(task)) {
    tooLate(task);
  }
}

/** A finished task cannot be cancelled (MCP 2025-11-25, tasks, "task cancellation"). */
function tooLate(task: TaskState): never {
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot cancel the task: it is ${legacyTask(task).status}.`,
  );
}

/** Lists of tools as 2025-11-25 clients see them: those that run as tasks say so. */
export function listTaskSupport(server: ServedServer, { principal }: ServedRequest, setup: TasksSetup): void {
  const { surface } = server;
  const viewer = viewerAt(surface.endpoint, principal);
  server.server.setRequestHandler('tools/list', () => ({
    tools: surface.tools.listFor(viewer).map((tool) => withTaskSupport(tool, setup)),
  }));
}

function withTaskSupport(tool: Tool, { find }: TasksSetup): Tool {
  return find(tool.name) === undefined ? tool : { ...tool, execution: { taskSupport: 'optional' } };
}
