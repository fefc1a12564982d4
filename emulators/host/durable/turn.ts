import { addEvent, type Draft, endWhenIdle, finish } from './draft.ts';
import type { DurableFunctions } from './functions.ts';
import { nextPart } from './long-timer.ts';
import { callOrchestrator, type Invoke, type OrchestratorAnswer } from './orchestrator.ts';
import { type Action, ActionType, type EventFields, EventType } from './protocol.ts';
import type { OpenTask, Retry } from './record.ts';
import { afterFailure } from './retry-delay.ts';
import { type Scheduling, scheduleAgain, scheduleNew, scheduleTimer } from './scheduling.ts';

export interface TurnContext {
  readonly functions: DurableFunctions;
  readonly invoke: Invoke;
  /** Hang where the cloud hangs, instead of failing with an explanation. */
  readonly strict: boolean;
  warn(message: string): void;
}

/** The largest custom status: 16 KB in UTF-16. */
const CUSTOM_STATUS_LIMIT_KB = 16;

/**
 * Takes one event into the instance: exactly one per turn keeps the ids of scheduled tasks in step with the library's.
 * An event for a task that is not open any more, such as a cancelled timer, changes nothing.
 */
export async function takeTurn(
  draft: Draft,
  event: EventFields,
  clockNow: Date,
  context: TurnContext,
): Promise<void> {
  const ended = endedTask(draft, event);
  if (ended === 'unknown') {
    return;
  }
  // A clock may be behind the one that the timer was made with; the orchestrator must never see that.
  const now = new Date(Math.max(clockNow.getTime(), Date.parse(event.FireAt ?? '') || 0));
  try {
    await advance(draft, event, ended, now, context);
  } catch (error) {
    finish(draft, now, 'Failed', failure(draft, error instanceof Error ? error.message : String(error)));
  }
}

async function advance(
  draft: Draft,
  event: EventFields,
  ended: OpenTask | undefined,
  now: Date,
  context: TurnContext,
): Promise<void> {
  const { record } = draft;
  const played = draft.history.length;
  addEvent(draft, now, { EventType: EventType.OrchestratorStarted });
  addEvent(draft, now, event);
  Object.assign(record, { status: 'Running', lastUpdatedTime: now.toISOString() });
  const scheduling = { draft, now, functions: context.functions, warn: context.warn };
  if (ended) {
    record.open = record.open.filter((task) => task !== ended);
    // Before the function runs: the library takes the ids of what goes on before those of what its result leads to.
    goOn(scheduling, ended, event, context);
  }
  if (record.ending === null) {
    const answer = await callOrchestrator(
      context.invoke,
      context.functions.orchestrator(record.name),
      record,
      draft.history,
      played,
    );
    takeAnswer(scheduling, answer, context);
  }
  addEvent(draft, now, { EventType: EventType.OrchestratorCompleted });
  endWhenIdle(draft, now);
}

/** The open task that the event ends, undefined when it ends none, `unknown` when that task is not open. */
function endedTask({ record }: Draft, event: EventFields): OpenTask | undefined | 'unknown' {
  const id = event.TaskScheduledId ?? event.TimerId;
  if (id === undefined) {
    return undefined;
  }
  return record.open.find((task) => task.id === id) ?? 'unknown';
}

/** The next part of a long timer, or the next attempt of a task that failed. */
function goOn(scheduling: Scheduling, ended: OpenTask, event: EventFields, context: TurnContext): void {
  if (ended.kind === 'activity') {
    if (event.EventType === EventType.TaskFailed && ended.retry) {
      retry(scheduling, { id: ended.id, retry: ended.retry }, context);
    }
  } else if (ended.again) {
    scheduleAgain(scheduling, ended.again);
  } else if (ended.until !== undefined && scheduling.now < new Date(ended.until)) {
    scheduleTimer(scheduling, {
      ...nextPart(ended.until, scheduling.now),
      ...(ended.path !== undefined && { path: ended.path }),
    });
  }
}

function retry(
  scheduling: Scheduling,
  ended: { readonly id: number; readonly retry: Retry },
  context: TurnContext,
): void {
  const next = afterFailure(ended.retry, scheduling.now);
  if (next === 'late') {
    const message =
      'retryTimeoutInMilliseconds has passed. In Azure the orchestration now waits for ever: use maxNumberOfAttempts alone.';
    if (!context.strict) {
      throw new Error(message);
    }
    context.warn(message);
    return;
  }
  // Also after the last attempt a timer is set, which fires at once: without it the library does not see the failure.
  const delay = next === 'last' ? 0 : next.delay;
  scheduleTimer(scheduling, {
    fireAt: new Date(scheduling.now.getTime() + delay).toISOString(),
    ...(next !== 'last' && {
      again: { taskId: ended.id, retry: { ...ended.retry, attempt: ended.retry.attempt + 1 } },
    }),
  });
}

function takeAnswer(
  scheduling: Scheduling,
  { state, failed }: OrchestratorAnswer,
  context: TurnContext,
): void {
  const { draft } = scheduling;
  const actions = state.actions[0] ?? [];
  takeCustomStatus(draft, state.customStatus);
  scheduleNew(scheduling, actions);
  if (state.error) {
    draft.record.ending = { status: 'Failed', output: failure(draft, state.error) };
  } else if (state.isDone) {
    draft.record.ending = { status: 'Completed', output: json(state.output ?? undefined) };
  } else {
    refuseHanging(draft, actions, failed, context);
  }
}

/** Without a message in the error, or with nothing to wait for, the extension leaves the instance Running for ever. */
function refuseHanging(
  draft: Draft,
  actions: readonly Action[],
  failed: boolean,
  context: TurnContext,
): void {
  let cause: string | undefined;
  if (failed) {
    cause = 'it threw an error without a message';
  } else if (draft.record.open.length === 0 && !actions.some(waitsForEvent)) {
    cause = 'it waits for nothing';
  }
  if (cause === undefined) {
    return;
  }
  const message = `${cause}. In Azure the instance stays Running for ever.`;
  if (!context.strict) {
    throw new Error(message);
  }
  context.warn(`The orchestrator '${draft.record.name}' will never go on: ${message}`);
}

function waitsForEvent({ actionType, compoundActions }: Action): boolean {
  return actionType === ActionType.WaitForExternalEvent || (compoundActions ?? []).some(waitsForEvent);
}

function takeCustomStatus({ record }: Draft, customStatus: unknown): void {
  const text = json(customStatus ?? undefined);
  const size = Math.trunc(((text ?? '').length * 2) / 1024);
  if (size > CUSTOM_STATUS_LIMIT_KB) {
    throw new Error(
      `The UTF-16 size of the JSON-serialized payload must not exceed ${CUSTOM_STATUS_LIMIT_KB} KB. The current payload size is ${size} KB.`,
    );
  }
  record.customStatus = text;
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function failure({ record }: Draft, message: string): string {
  return `Orchestrator function '${record.name}' failed: ${message}`;
}
