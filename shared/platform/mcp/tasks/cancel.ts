import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import type { ServedServer } from '../surface.ts';
import { cancelOperation } from './operations.ts';
import type { TasksSetup } from './options.ts';
import type { TaskState } from './ports.ts';

/**
 * Cancels a task, on record like every change, under the name of the method.
 * @returns the state afterwards; a task that was finished stays what it is
 * @throws ProtocolError -32602 when the caller has no such task, -32603 when it could not be cancelled
 */
export async function cancelTask(
  server: ServedServer,
  setup: TasksSetup,
  id: string,
  context: ServerContext,
): Promise<TaskState> {
  const request = server.requestFor({ taskId: id }, context);
  const own = setup.tasksOf(request.principal);
  const { tool } = await own.get(id);
  const long = setup.find(tool);
  if (long === undefined) {
    throw new Error('A task runs a tool that is not on the surface.');
  }
  const answer = await server.surface.run(cancelOperation(long, own), request);
  if (answer.kind === 'done') {
    return answer.result;
  }
  throw new ProtocolError(ProtocolErrorCode.InternalError, 'The task could not be cancelled; try again.');
}
