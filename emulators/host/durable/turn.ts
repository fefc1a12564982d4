import { addEvent, type Draft, endWhenIdle, finish } from './draft.ts';
import type { EngineContext } from './engine-context.ts';
import { ArgumentError } from './errors.ts';
import { callOrchestrator, type OrchestratorAnswer } from './orchestrator.ts';
import { type Action, ActionType, type EventFields, EventType, type OrchestratorState } from './protocol.ts';
import type { OpenTask } from './record.ts';
import { goOn, type Scheduling, scheduleNew } from './scheduling.ts';

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
  context: EngineContext,
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
  context: EngineContext,
): Promise<void> {
  const { record } = draft;
  const played = draft.history.length;
  addEvent(draft, now, { EventType: EventType.OrchestratorStarted });
  addEvent(draft, now, event);
  Object.assign(record, { status: 'Running', lastUpdatedTime: now.toISOString() });
  const scheduling = { draft, now, functions: context.functions };
  if (ended) {
    record.open = record.open.filter((task) => task !== ended);
    // Before the function runs: the library gives the next attempt, or the rest of a timer, its id before
    // the tasks that the function schedules.
    goOn(scheduling, ended, event);
  }
  if (record.ending === null) {
    const answer = await callOrchestrator(context, record, draft.history, played);
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

function takeAnswer(
  scheduling: Scheduling,
  { state, failed }: OrchestratorAnswer,
  context: EngineContext,
): void {
  const { draft } = scheduling;
  const actions = state.actions[0] ?? [];
  draft.record.customStatus = customStatusOf(state);
  try {
    scheduleNew(scheduling, actions);
  } catch (error) {
    if (!(error instanceof ArgumentError)) {
      throw error;
    }
    hang(draft, error.message, context);
    return;
  }
  if (failed) {
    const cause = state.error || 'it threw an error without a message.';
    draft.record.ending = { status: 'Failed', output: failure(draft, cause) };
  } else if (state.isDone) {
    draft.record.ending = { status: 'Completed', output: JSON.stringify(state.output ?? null) };
  } else if (draft.record.open.length === 0 && !actions.some(waitsForEvent)) {
    hang(draft, 'it waits for nothing.', context);
  }
}

/** The custom status that the function set in this turn, null when it set none. Throws an Error when it is too large. */
function customStatusOf({ customStatus }: OrchestratorState): string | null {
  const text = customStatus ? JSON.stringify(customStatus) : null;
  const size = Math.trunc(((text ?? '').length * 2) / 1024);
  if (size > CUSTOM_STATUS_LIMIT_KB) {
    throw new Error(
      `The UTF-16 size of the JSON-serialized payload must not exceed ${CUSTOM_STATUS_LIMIT_KB} KB. The current payload size is ${size} KB.`,
    );
  }
  return text;
}

/** Where the extension leaves the instance Running for ever (3.19.0): so does this with `--strict`, and else it fails. */
function hang({ record }: Draft, cause: string, { strict, warn }: EngineContext): void {
  if (!strict) {
    throw new Error(cause);
  }
  warn(
    `The orchestrator '${record.name}' will never go on: ${cause} In Azure the instance stays Running for ever.`,
  );
}

function waitsForEvent({ actionType, compoundActions }: Action): boolean {
  return actionType === ActionType.WaitForExternalEvent || (compoundActions ?? []).some(waitsForEvent);
}

function failure({ record }: Draft, message: string): string {
  return `Orchestrator function '${record.name}' failed: ${message}`;
}
