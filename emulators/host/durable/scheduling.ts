import { addEvent, type Draft } from './draft.ts';
import { ArgumentError, type DurableFunctions } from './functions.ts';
import { type Action, ActionType, EventType, type HistoryEvent, NOT_EMULATED } from './protocol.ts';
import type { OpenTask, OpenTimer, Retry } from './record.ts';

export interface Scheduling {
  readonly draft: Draft;
  readonly now: Date;
  readonly functions: DurableFunctions;
  warn(message: string): void;
}

/**
 * Schedules the actions that are new since the last turn, and drops timers that were cancelled since.
 *
 * Ids must be those that the library gives to its tasks: one counter per execution, taken depth first by activities, timers and
 * sub-orchestrations; events, any, all and continueAsNew take none.
 * Throws an ArgumentError for a function that does not exist and an Error for an action that is not emulated.
 */
export function scheduleNew(scheduling: Scheduling, actions: readonly Action[]): void {
  const { record } = scheduling.draft;
  for (const [index, action] of actions.entries()) {
    if (index < record.seenActions) {
      continue;
    }
    warnAboutRepeatedTimers(scheduling, actions.slice(0, index), action);
    schedule(scheduling, action, String(index));
  }
  record.seenActions = actions.length;
  record.open = record.open.filter((task) => !isCancelled(task, actions));
}

function schedule(scheduling: Scheduling, action: Action, path: string): void {
  switch (action.actionType) {
    case ActionType.CallActivity:
    case ActionType.CallActivityWithRetry:
      scheduleActivity(
        scheduling,
        functionNameOf(action),
        rawInput(action),
        firstAttempt(action, scheduling.now),
      );
      return;
    case ActionType.CallSubOrchestrator:
    case ActionType.CallSubOrchestratorWithRetry:
      scheduleChild(
        scheduling,
        {
          name: functionNameOf(action),
          version: action.version ?? '',
          input: rawInput(action),
          instanceId: action.instanceId,
        },
        firstAttempt(action, scheduling.now),
      );
      return;
    case ActionType.CreateTimer:
      scheduleTimer(scheduling, { fireAt: new Date(action.fireAt ?? '').toISOString(), path });
      return;
    case ActionType.WhenAny:
    case ActionType.WhenAll:
      for (const [index, child] of (action.compoundActions ?? []).entries()) {
        schedule(scheduling, child, `${path}.${index}`);
      }
      return;
    case ActionType.ContinueAsNew:
    case ActionType.WaitForExternalEvent:
      return;
    default:
      throw new Error(notEmulated(action));
  }
}

/** What a failed task was is in the history; this schedules it again. */
export function scheduleAgain(scheduling: Scheduling, again: NonNullable<OpenTimer['again']>): void {
  const { draft } = scheduling;
  const scheduled = scheduledEvent(draft.history, again.taskId);
  const { Name: name = '', Input: input = null, InstanceId: instanceId, Version: version = '' } = scheduled;
  if (scheduled.EventType === EventType.TaskScheduled) {
    scheduleActivity(scheduling, name, input, again.retry);
    return;
  }
  // An id that was made up for the first attempt is made up anew; one that the app chose is used again.
  const chosen = instanceId === childId(draft, again.taskId) ? undefined : instanceId;
  scheduleChild(scheduling, { name, version, input, instanceId: chosen }, again.retry);
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

interface Child {
  readonly name: string;
  readonly version: string;
  readonly input: string | null;
  readonly instanceId: string | undefined;
}

function scheduleChild({ draft, now, functions }: Scheduling, child: Child, retry: Retry | undefined): void {
  functions.orchestrator(child.name);
  const id = takeId(draft);
  const instanceId = child.instanceId || childId(draft, id);
  addEvent(
    draft,
    now,
    {
      EventType: EventType.SubOrchestrationInstanceCreated,
      Name: child.name,
      Version: child.version,
      Input: child.input,
      InstanceId: instanceId,
    },
    id,
  );
  open(draft, { kind: 'child', id, instanceId, ...(retry && { retry }) });
}

/** The event that scheduled the task with this id in the execution that `history` tells. */
export function scheduledEvent(history: readonly HistoryEvent[], taskId: number): HistoryEvent {
  const event = history.find(({ EventId }) => EventId === taskId);
  if (!event) {
    throw new Error(`The history does not say what task ${taskId} is.`);
  }
  return event;
}

function childId(draft: Draft, taskId: number): string {
  return `${draft.record.executionId}:${taskId}`;
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

function firstAttempt({ retryOptions }: Action, now: Date): Retry | undefined {
  return retryOptions && { attempt: 1, options: retryOptions, since: now.toISOString() };
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

/**
 * Task.any and Task.all schedule every task that they are given, also one that an earlier Task.any scheduled: then the ids of the
 * library and of the extension part, and the wrong task gets a result (Azure/azure-functions-durable-js#574). Two timers for the same
 * moment are almost always one timer given twice.
 */
function warnAboutRepeatedTimers(
  { warn }: Scheduling,
  earlier: readonly Action[],
  { compoundActions }: Action,
): void {
  const timers = timersOf(compoundActions ?? []);
  if (timers.length === 0) {
    return;
  }
  const known = new Set(timersOf(earlier));
  if (!timers.some((fireAt) => known.has(fireAt))) {
    return;
  }
  warn(
    'Task.any or Task.all was given a timer that looks like one from before. The extension schedules it a second time, here and in Azure, and results then reach the wrong tasks: make a new timer for every Task.any, and cancel the old one.',
  );
}

function timersOf(actions: readonly Action[]): string[] {
  return actions.flatMap((action) =>
    action.actionType === ActionType.CreateTimer && action.fireAt !== undefined
      ? [action.fireAt]
      : timersOf(action.compoundActions ?? []),
  );
}

function notEmulated({ actionType }: Action): string {
  const what = NOT_EMULATED[actionType] ?? `action type ${actionType}`;
  return `${what} is not emulated by this local host: it works in Azure and under Core Tools.`;
}
