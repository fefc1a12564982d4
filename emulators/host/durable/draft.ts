import { type EventFields, EventType, type FinalStatus, type HistoryEvent } from './protocol.ts';
import type { InstanceRecord } from './record.ts';

/** An instance while it takes turns. Its changes count only once they are committed. */
export interface Draft {
  readonly record: InstanceRecord;
  readonly history: HistoryEvent[];
}

export function openDraft(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[]): Draft {
  return { record: { ...record, commits: record.commits + 1 }, history: [...history] };
}

/** @param eventId the task's id when the event schedules one */
export function addEvent(draft: Draft, now: Date, fields: EventFields, eventId = -1): void {
  draft.history.push({ EventId: eventId, Timestamp: now.toISOString(), ...fields });
}

/** Ends the instance now, whatever is open. */
export function finish(draft: Draft, now: Date, status: FinalStatus, output: string | null): void {
  const { record } = draft;
  addEvent(
    draft,
    now,
    { EventType: EventType.ExecutionCompleted, OrchestrationStatus: status, Result: output },
    record.nextTaskId,
  );
  Object.assign(record, { status, output, open: [], ending: null, lastUpdatedTime: now.toISOString() });
}

/** Does what the function ended with, unless tasks are open: the extension waits for those, awaited or not. */
export function endWhenIdle(draft: Draft, now: Date): void {
  const { ending, open } = draft.record;
  if (ending !== null && open.length === 0) {
    finish(draft, now, ending.status, ending.output);
  }
}
