import {
  ProtocolError,
  ProtocolErrorCode,
  RELATED_TASK_META_KEY,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { ServedRequest } from '../served-request.ts';
import type { ServedServer } from '../surface.ts';
import { guarded } from './boundary.ts';
import { cancelTask } from './cancel.ts';
import { withinClock } from './clock.ts';
import { legacyTask } from './legacy-wire.ts';
import type { TasksSetup } from './options.ts';
import { lastState, outcomeOf } from './outcome.ts';
import type { OwnTasks } from './own-tasks.ts';
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
export function serveLegacyTasks(mcp: ServedServer, { principal }: ServedRequest, setup: TasksSetup): void {
  const { server } = mcp;
  const own = setup.tasksOf(principal);
  server.registerCapabilities({ tasks: { cancel: {}, list: {}, requests: { tools: { call: {} } } } });
  const handle = <Params>(
    method: string,
    params: z.ZodType<Params>,
    answer: (params: Params, context: ServerContext) => Promise<Record<string, unknown>>,
  ) => server.setRequestHandler(method, { params, result: anyResult }, guarded(setup.logger, answer));
  handle('tasks/get', byId, async ({ taskId }) => legacyTask(await own.get(taskId)));
  handle('tasks/result', byId, ({ taskId }, context) => resultOf(taskId, own, context, setup));
  handle('tasks/cancel', byId, async ({ taskId }, context) => {
    const before = await own.get(taskId);
    if (isFinal(before)) {
      tooLate(before);
    }
    const after = await cancelTask(mcp, setup, taskId, context);
    return after.status === 'cancelled' ? legacyTask(after) : tooLate(after);
  });
  handle('tasks/list', byCursor, async ({ cursor }) => {
    const { items, nextCursor } = pageOf(await own.list(), cursor);
    return { tasks: items.map(legacyTask), ...(nextCursor !== undefined && { nextCursor }) };
  });
}

/** Waits for the end of the task, as long as the clock allows. */
async function resultOf(
  id: string,
  own: OwnTasks,
  { mcpReq }: ServerContext,
  { clock }: TasksSetup,
): Promise<Record<string, unknown>> {
  const first = await own.get(id);
  const task = await withinClock(clock, mcpReq.signal, (signal) => lastState(first, own.watch(id, signal)));
  if (!isFinal(task)) {
    throw new ProtocolError(stillWorking, `The task ${id} is still working; ask for its result again.`);
  }
  const result = outcomeOf(task);
  return { ...result, _meta: { ...result._meta, [RELATED_TASK_META_KEY]: { taskId: id } } };
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
  server.server.setRequestHandler('tools/list', () => ({
    tools: server.surface.tools.listFor(principal.permissions).map((tool) => withTaskSupport(tool, setup)),
  }));
}

function withTaskSupport(tool: Tool, { find }: TasksSetup): Tool {
  const long = find(tool.name);
  if (long === undefined) {
    return tool;
  }
  return { ...tool, execution: { taskSupport: long.taskOnly === true ? 'required' : 'optional' } };
}
