import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { RegisteredTool } from '../registry.ts';
import type { ServedServer } from '../surface.ts';
import type { OwnTasks } from './own-tasks.ts';
import type { TaskState } from './ports.ts';
import { runThrough } from './run-through.ts';

const byId = z.strictObject({ taskId: z.string() });

/**
 * Cancels a task, on record like every change, under the name of the method.
 * @returns the state afterwards; a task that was finished stays what it is
 * @throws ProtocolError -32602 when the caller has no such task, -32603 when it could not be cancelled
 */
export async function cancelTask(
  server: ServedServer,
  own: OwnTasks,
  id: string,
  context: ServerContext,
): Promise<TaskState> {
  let state = await own.get(id);
  const { surface } = server;
  const tool = surface.tools.find(state.tool);
  if (tool === undefined) {
    throw new Error('A task runs a tool that is not on the surface.');
  }
  const request = server.toolRequest({ taskId: id }, context);
  const refusal = await runThrough(surface, cancelling(tool), request, async () => {
    state = await own.cancel(id);
  });
  if (refusal === undefined) {
    return state;
  }
  throw new ProtocolError(ProtocolErrorCode.InternalError, 'The task could not be cancelled; try again.');
}

/** Nobody is asked before a task is cancelled. */
function cancelling(tool: RegisteredTool): RegisteredTool {
  const { confirmation: _none, ...definition } = tool.definition;
  return { ...tool, input: byId, definition: { ...definition, name: 'tasks/cancel', input: byId } };
}
