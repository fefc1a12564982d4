import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { Unavailable } from '../../errors.ts';
import { found } from '../found.ts';
import type { Answer } from '../pipeline/answer.ts';
import type { Operation } from '../pipeline/operation.ts';
import type { ServedServer } from '../surface.ts';
import { cancelOperation, type FoundTask } from './operations.ts';
import type { TasksSetup } from './options.ts';
import type { TaskState } from './ports.ts';
import { known } from './visible-tasks.ts';

type About<Result> = (task: FoundTask) => Operation<Result>;

/** One request about a task. */
export interface TaskRequest {
  readonly server: ServedServer;
  readonly setup: TasksSetup;
  readonly id: string;
  readonly context: ServerContext;
}

/**
 * Does something with one of the caller's tasks.
 * @throws ProtocolError -32602 when the caller has no such task, -32603 when it could not be done
 * @throws Unavailable when what it needs does not answer
 */
export async function onTask<Result>(request: TaskRequest, about: About<Result>): Promise<Result> {
  const answer = await run(request, about);
  if (answer.kind === 'failed' && answer.code === 'unavailable') {
    throw new Unavailable(answer.sentence);
  }
  return found(answer);
}

/**
 * Cancels a task.
 * @param isStillTime throws when it is too late for that
 * @returns the state afterwards; a task that was finished stays what it is
 * @throws ProtocolError -32602 when the caller has no such task, -32603 when it could not be cancelled
 */
export async function cancelTask(
  request: TaskRequest,
  isStillTime: (before: TaskState) => void = () => {},
): Promise<TaskState> {
  const answer = await run(request, (task) => {
    isStillTime(task.state);
    return cancelOperation(request.setup)(task);
  });
  if (answer.kind === 'done') {
    return answer.result;
  }
  throw new ProtocolError(ProtocolErrorCode.InternalError, 'The task could not be cancelled; try again.');
}

async function run<Result>(
  { server, setup, id, context }: TaskRequest,
  about: About<Result>,
): Promise<Answer<Result>> {
  const asked = server.requestFor({ taskId: id }, context);
  const state = known(await setup.tasks.get(id, asked.principal));
  const long = setup.behind(state.tool);
  if (long === undefined) {
    throw new Error('A task runs a tool that is not on the surface.');
  }
  return await server.surface.run(about({ state, long }), asked);
}
