import * as z from 'zod';
import { defaultTimeoutMs } from '../definitions/tool.ts';
import type { Operation } from '../pipeline/operation.ts';
import type { RegisteredTool } from '../registry.ts';
import { withinClock } from './clock.ts';
import type { TasksSetup } from './options.ts';
import { lastState } from './outcome.ts';
import type { LongTool, OfferedTool, TaskClient, TaskState } from './ports.ts';
import { known } from './visible-tasks.ts';

/** A call of a long tool whose work begins now and goes on after it: allowed, checked and agreed to as any call of the tool. */
export function startOperation(
  { operation }: RegisteredTool,
  long: LongTool,
  client: TaskClient,
): Operation<TaskState> {
  return { ...operation, timeoutMs: defaultTimeoutMs, run: (input, call) => long.start(input, call, client) };
}

/** A task that was found, and the tool that it runs: whoever may use the tool may have to do with its tasks. */
export interface FoundTask {
  readonly state: TaskState;
  readonly long: Pick<OfferedTool, 'offer'>;
}

const byId = z.strictObject({ taskId: z.string() });

/** Clients poll a task every second, so polls are not recorded. */
const look = { kind: 'task', input: byId, effects: 'reads', isUnrecorded: true } as const;

export function getOperation({ state, long }: FoundTask): Operation<TaskState> {
  const { offer } = long;
  return { ...look, name: 'get', title: 'Look at the task', offer, run: async () => state };
}

/** Waits for the end of a task, as long as the clock allows. */
export function resultOperation({ tasks, clock }: TasksSetup) {
  return ({ state, long }: FoundTask): Operation<TaskState> => ({
    ...look,
    name: 'result',
    title: 'Wait for the task',
    offer: long.offer,
    timeoutMs: clock.longestMs + defaultTimeoutMs,
    run: (_id, { principal, signal }) =>
      withinClock(clock, [signal], (over) => lastState(state, tasks.watch(state.id, principal, over))),
  });
}

/** Finds the task that a client answers; what was not asked for is ignored (SEP-2663). */
export function updateOperation({ state, long }: FoundTask): Operation<TaskState> {
  const { offer } = long;
  return { ...look, name: 'update', title: 'Answer the task', offer, run: async () => state };
}

/** Ends a task before it is done. Nobody is asked; it is on record like every change. */
export function cancelOperation({ tasks }: TasksSetup) {
  return ({ state, long }: FoundTask): Operation<TaskState> => ({
    kind: 'task',
    name: 'cancel',
    title: 'Cancel the task',
    offer: long.offer,
    input: byId,
    effects: 'writes',
    run: async (_id, { principal }) => known(await tasks.cancel(state.id, principal)),
  });
}
