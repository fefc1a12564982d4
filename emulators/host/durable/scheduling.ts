import { addEvent, type Draft } from './draft.ts';
import { notEmulated } from './errors.ts';
import type { DurableFunctions } from './functions.ts';
import {
  type Action,
  ActionType,
  type EventFields,
  EventType,
  type HistoryEvent,
  NOT_EMULATED,
} from './protocol.ts';
import type { OpenTask, OpenTimer, Retry } from './record.ts';
import { nextPart, retryDelay } from './timers.ts';

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
  const { functionName = '', input, retryOptions } = action;
  switch (action.actionType) {
    case ActionType.CallActivity:
    case ActionType.CallActivityWithRetry:
      if (retryOptions?.retryTimeoutInMilliseconds !== undefined) {
        // The extension sets no timer once it has passed, and the library waits for ever: use maxNumberOfAttempts.
        throw new Error(notEmulated('retryTimeoutInMilliseconds'));
      }
      scheduleActivity(
        scheduling,
        functionName,
        input === undefined ? null : JSON.stringify(input),
        retryOptions && { attempt: 1, options: retryOptions },
      );
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

/** The next part of a long timer, or the next attempt of a task that failed. */
export function goOn(scheduling: Scheduling, ended: OpenTask, event: EventFields): void {
  const { draft, now } = scheduling;
  if (ended.kind === 'timer') {
    const { again, until, path } = ended;
    if (again) {
      const { Name: name = '', Input: input = null } = scheduledEvent(draft.history, again.taskId);
      scheduleActivity(scheduling, name, input, again.retry);
    } else if (until !== undefined && now < new Date(until)) {
      scheduleTimer(scheduling, { ...nextPart(until, now), ...(path !== undefined && { path }) });
    }
    return;
  }
  const { id, retry } = ended;
  if (event.EventType !== EventType.TaskFailed || !retry) {
    return;
  }
  // Also after the last attempt a timer is set, which fires at once: without it the library does not see the failure.
  const delay = retryDelay(retry);
  scheduleTimer(scheduling, {
    fireAt: new Date(now.getTime() + (delay ?? 0)).toISOString(),
    ...(delay !== undefined && { again: { taskId: id, retry: { ...retry, attempt: retry.attempt + 1 } } }),
  });
}

function scheduleTimer(scheduling: Scheduling, timer: Omit<OpenTimer, 'kind' | 'id'>): void {
  const event = { EventType: EventType.TimerCreated, FireAt: timer.fireAt };
  open(scheduling, event, (id) => ({ kind: 'timer', id, ...timer }));
}

function scheduleActivity(
  scheduling: Scheduling,
  name: string,
  input: string | null,
  retry: Retry | undefined,
): void {
  scheduling.functions.activity(name);
  const event = { EventType: EventType.TaskScheduled, Name: name, Version: '', Input: input };
  open(scheduling, event, (id) => ({ kind: 'activity', id, ...(retry && { retry }) }));
}

function open({ draft, now }: Scheduling, event: EventFields, task: (id: number) => OpenTask): void {
  const { record } = draft;
  const id = record.nextTaskId;
  addEvent(draft, now, event, id);
  Object.assign(record, { nextTaskId: id + 1, open: [...record.open, task(id)] });
}

/** The event that scheduled the task with this id. */
export function scheduledEvent(history: readonly HistoryEvent[], taskId: number): HistoryEvent {
  const event = history.find(({ EventId }) => EventId === taskId);
  if (!event) {
    throw new Error(`The history does not say what task ${taskId} is.`);
  }
  return event;
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
