import { messageOf, stackOf } from '../../lib/errors.ts';
import type { TypedData } from '../worker/rpc.ts';
import type { EngineContext } from './engine-context.ts';
import { type EventFields, EventType } from './protocol.ts';

export interface ActivityCall {
  /** The activity's, as the orchestrator wrote it. */
  readonly name: string;
  readonly instanceId: string;
  readonly taskId: number;
  /** JSON, or null for none. */
  readonly input: string | null;
}

/** Runs an activity function and tells how it ended. Never rejects. */
export async function runActivity(
  { functions, invoke }: EngineContext,
  call: ActivityCall,
): Promise<EventFields> {
  try {
    // The app may have lost it since it was scheduled.
    const { name, bindingName } = functions.activity(call.name);
    const { response } = await invoke(name, {
      inputData: [{ name: bindingName, data: activityInput(call.input) }],
      triggerMetadata: { instanceId: { string: call.instanceId } },
    });
    const Result = activityResult(response.returnValue ?? undefined);
    return { EventType: EventType.TaskCompleted, TaskScheduledId: call.taskId, Result };
  } catch (error) {
    return {
      EventType: EventType.TaskFailed,
      TaskScheduledId: call.taskId,
      Reason: `Activity function '${call.name}' failed: ${messageOf(error)}`,
      Details: JSON.stringify({
        ClassName: 'System.Exception',
        Message: messageOf(error),
        RemoteStackTraceString: stackOf(error),
      }),
    };
  }
}

/**
 * The input as the extension hands it to a function that takes text: .NET writes a bare boolean with a capital letter, and a missing
 * value arrives as undefined.
 */
export function activityInput(json: string | null): TypedData {
  const value: unknown = json === null ? null : JSON.parse(json);
  if (value === null) {
    return {};
  }
  if (typeof value === 'string') {
    return { string: value };
  }
  if (typeof value === 'boolean') {
    return { string: value ? 'True' : 'False' };
  }
  return { string: JSON.stringify(value) };
}

/** What the function returned, as JSON; null for nothing. */
export function activityResult(data: TypedData | undefined): string | null {
  if (data?.json !== undefined) {
    return data.json;
  }
  if (data?.string !== undefined) {
    return JSON.stringify(data.string);
  }
  if (data?.bytes !== undefined) {
    return JSON.stringify(Buffer.from(data.bytes).toString('base64'));
  }
  const number = data?.int ?? data?.double;
  return number === undefined ? null : String(number);
}
