import { EventType, type EventTypeName, type HistoryEvent } from './protocol.ts';
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
const NAMES = new Map<number, EventTypeName>(
  Object.entries(EventType).map(([name, number]) => [number, name as EventTypeName]),
);

/** The history for people: names for numbers, and a task's scheduling as part of its end. */
export function historyPayload(
  record: Readonly<InstanceRecord>,
  history: readonly HistoryEvent[],
  { showInput, showOutput }: { readonly showInput: boolean; readonly showOutput: boolean },
): unknown[] {
  const ended = new Set(history.map(({ TaskScheduledId }) => TaskScheduledId));
  const shown = history.filter(
    ({ EventType: type, EventId }) =>
      !HIDDEN.includes(type) && !(type === EventType.TaskScheduled && ended.has(EventId)),
  );
  return shown.map((event) => {
    const {
      EventId,
      EventType: type,
      TaskScheduledId,
      TimerId,
      Name,
      Version,
      Input,
      Result,
      ...rest
    } = event;
    const scheduled = history.find(
      (one) => one.EventType === EventType.TaskScheduled && one.EventId === TaskScheduledId,
    );
    const isStart = type === EventType.ExecutionStarted;
    const input = isStart ? record.input : Input;
    return {
      EventType: NAMES.get(type),
      ...rest,
      ...(isStart ? { FunctionName: Name } : Name !== undefined && { Name }),
      ...(scheduled && { ScheduledTime: scheduled.Timestamp, FunctionName: scheduled.Name }),
      ...(showInput && input !== undefined && { Input: input }),
      ...(showOutput && Result !== undefined && { Result: parsed(Result) }),
    };
  });
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
