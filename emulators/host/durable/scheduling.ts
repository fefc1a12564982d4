import { addEvent, type Draft } from './draft.ts';
import { ArgumentError, notEmulated } from './errors.ts';
import type { DurableFunctions } from './functions.ts';
import { type Action, ActionType, EventType, type HistoryEvent, NOT_EMULATED } from './protocol.ts';
import type { OpenTask, OpenTimer, Retry } from './record.ts';
import { nextPart } from './timers.ts';

export interface Scheduling {
  readonly draft: Draft;
  readonly now: Date;
  readonly functions: DurableFunctions;
}

/**
 * Schedules the actions that are new since the last turn, and drops timers that were cancelled since.
 *
 * Ids must be those that the library gives to its tasks: one counter, taken depth first by activities and timers; events, any and all
 * take none.
 * Throws an ArgumentError for a function that does not exist and an Error for an action that is not emulated.
 */
export function scheduleNew(scheduling: Scheduling, actions: readonly Action[]): void {
  const { record } = scheduling.draft;
  for (const [index, action] of actions.entries()) {
    if (index >= record.seenActions) {
      schedule(scheduling, action, String(index));
    }
  }
  record.seenActions = actions.length;
  record.open = record.open.filter((task) => !isCancelled(task, actions));
}

function schedule(scheduling: Scheduling, action: Action, path: string): void {
  switch (action.actionType) {
    case ActionType.CallActivity:
    case ActionType.CallActivityWithRetry:
      if (action.retryOptions?.retryTimeoutInMilliseconds !== undefined) {
        // The extension sets no timer once it has passed, and the library waits for ever: use maxNumberOfAttempts.
        throw new Error(notEmulated('retryTimeoutInMilliseconds'));
      }
      scheduleActivity(scheduling, functionNameOf(action), rawInput(action), firstAttempt(action));
      return;
    case ActionType.CreateTimer: {
      const due = new Date(action.fireAt ?? '').toISOString();
      scheduleTimer(scheduling, { ...nextPart(due, scheduling.now), path });
      return;
    }
    case ActionType.WhenAny:
    case ActionType.WhenAll:
      for (const [index, child] of (action.compoundActions ?? []).entries()) {
        schedule(scheduling, child, `${path}.${index}`);
      }
      return;
    case ActionType.WaitForExternalEvent:
      return;
    default:
      throw new Error(notEmulated(NOT_EMULATED[action.actionType] ?? `action type ${action.actionType}`));
  }
}

/** Schedules a failed activity again; its name and input are in the history. */
export function scheduleAgain(scheduling: Scheduling, again: NonNullable<OpenTimer['again']>): void {
  const { Name: name = '', Input: input = null } = scheduledEvent(scheduling.draft.history, again.taskId);
  scheduleActivity(scheduling, name, input, again.retry);
}

export function scheduleTimer({ draft, now }: Scheduling, timer: Omit<OpenTimer, 'kind' | 'id'>): void {
  const id = takeId(draft);
  addEvent(draft, now, { EventType: EventType.TimerCreated, FireAt: timer.fireAt }, id);
  open(draft, { kind: 'timer', id, ...timer });
}

function scheduleActivity(
  { draft, now, functions }: Scheduling,
  name: string,
  input: string | null,
  retry: Retry | undefined,
): void {
  functions.activity(name);
  const id = takeId(draft);
  addEvent(draft, now, { EventType: EventType.TaskScheduled, Name: name, Version: '', Input: input }, id);
  open(draft, { kind: 'activity', id, ...(retry && { retry }) });
}

/** The event that scheduled the task with this id. */
export function scheduledEvent(history: readonly HistoryEvent[], taskId: number): HistoryEvent {
  const event = history.find(({ EventId }) => EventId === taskId);
  if (!event) {
    throw new Error(`The history does not say what task ${taskId} is.`);
  }
  return event;
}

function takeId({ record }: Draft): number {
  record.nextTaskId += 1;
  return record.nextTaskId - 1;
}

function open({ record }: Draft, task: OpenTask): void {
  record.open = [...record.open, task];
}

function functionNameOf(action: Action): string {
  if (action.functionName === undefined) {
    throw new ArgumentError('An action names no function.');
  }
  return action.functionName;
}

function rawInput({ input }: Action): string | null {
  return input === undefined ? null : JSON.stringify(input);
}

function firstAttempt({ retryOptions }: Action): Retry | undefined {
  return retryOptions && { attempt: 1, options: retryOptions };
}

function isCancelled(task: OpenTask, actions: readonly Action[]): boolean {
  return (
    task.kind === 'timer' && task.path !== undefined && actionAt(actions, task.path)?.isCanceled === true
  );
}

function actionAt(actions: readonly Action[], path: string): Action | undefined {
  let current: readonly Action[] | undefined = actions;
  let action: Action | undefined;
  for (const index of path.split('.')) {
    action = current?.[Number(index)];
    current = action?.compoundActions;
  }
  return action;
}
