import { EventType, type HistoryEvent } from './protocol.ts';
import { type InstanceRecord, runtimeStatusOf } from './record.ts';

/** The status of an instance as the extension writes it. */
export function statusPayload(record: Readonly<InstanceRecord>, showInput: boolean) {
  return {
    name: record.name,
    instanceId: record.instanceId,
    runtimeStatus: runtimeStatusOf(record),
    // Null, not absent: the library refuses a status without them.
    input: showInput ? parsed(record.input) : null,
    customStatus: parsed(record.customStatus),
    output: parsed(record.output),
    createdTime: seconds(record.createdTime),
    lastUpdatedTime: seconds(record.lastUpdatedTime),
  };
}

const HIDDEN: readonly number[] = [EventType.OrchestratorStarted, EventType.OrchestratorCompleted];
const NAMES = new Map<number, string>(Object.entries(EventType).map(([name, number]) => [number, name]));

/** The history for people: names for numbers, and only the end of a task that has ended, with when it was scheduled. */
export function historyPayload({ input }: Readonly<InstanceRecord>, history: readonly HistoryEvent[]) {
  const ended = new Set(history.map(({ TaskScheduledId }) => TaskScheduledId));
  const scheduledAt = new Map(history.map(({ EventId, Timestamp }) => [EventId, Timestamp]));
  const shown = history.filter(
    ({ EventType: type, EventId }) => !HIDDEN.includes(type) && !ended.has(EventId),
  );
  return shown.map((event) => ({
    ...event,
    EventType: NAMES.get(event.EventType),
    ...(event.TaskScheduledId !== undefined && { ScheduledTime: scheduledAt.get(event.TaskScheduledId) }),
    // It is in the record alone, so that it is stored once.
    ...(event.EventType === EventType.ExecutionStarted && { Input: input }),
  }));
}

/** JSON, or text as it is: the output of a failed instance is a sentence. */
function parsed(text: string | null): unknown {
  if (text === null) {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function seconds(time: string): string {
  return `${time.slice(0, 19)}Z`;
}
