import { messageOf } from '../../lib/errors.ts';
import type { EngineContext } from './engine-context.ts';
import { EventType, type HistoryEvent, type OrchestratorState } from './protocol.ts';
import type { InstanceRecord } from './record.ts';
import { LONG_TIMER_PART_DAYS, LONGEST_TIMER_DAYS } from './timers.ts';

/** The answer of an orchestrator function, and whether it came as a failure. */
export interface OrchestratorAnswer {
  readonly state: OrchestratorState;
  readonly failed: boolean;
}

/** The library puts the state behind this label into the message of the error that it throws. */
const OUT_OF_PROC_DATA = '\n\n$OutOfProcData$:';
/** Their input is for the engine; the library does not read it, and would get it again with every turn. */
const WITHOUT_INPUT: readonly number[] = [EventType.TaskScheduled, EventType.ExecutionStarted];

/**
 * Lets the orchestrator function replay its history up to the new events.
 * @param played how many events at the start of the history earlier turns have shown to it
 * Rejects with what failed outside of the function.
 */
export async function callOrchestrator(
  { functions, invoke }: EngineContext,
  record: Readonly<InstanceRecord>,
  history: readonly HistoryEvent[],
  played: number,
): Promise<OrchestratorAnswer> {
  const { name, bindingName } = functions.orchestrator(record.name);
  const data = { string: JSON.stringify(triggerPayload(record, history, played)) };
  try {
    const { response } = await invoke(name, { inputData: [{ name: bindingName, data }] });
    return { state: JSON.parse(response.returnValue?.json ?? 'null'), failed: false };
  } catch (error) {
    const message = messageOf(error);
    const label = message.indexOf(OUT_OF_PROC_DATA);
    if (label < 0) {
      throw error;
    }
    return { state: JSON.parse(message.slice(label + OUT_OF_PROC_DATA.length)), failed: true };
  }
}

function triggerPayload(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[], played: number) {
  return {
    history: history.map((event, index) => ({
      ...event,
      ...(WITHOUT_INPUT.includes(event.EventType) && { Input: null }),
      IsPlayed: index < played,
    })),
    input: record.input === null ? null : JSON.parse(record.input),
    instanceId: record.instanceId,
    isReplaying: played > 0,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    // Replay schema V3: compound actions as trees, and long timers.
    upperSchemaVersionNew: 2,
    longRunningTimerIntervalDuration: `${LONG_TIMER_PART_DAYS}.00:00:00`,
    maximumShortTimerDuration: `${LONGEST_TIMER_DAYS}.00:00:00`,
    // Spelled like this on the wire.
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  };
}
