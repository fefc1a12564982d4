import type { Answer } from './answers.ts';
import type { Engine } from './engine.ts';
import { type InstanceRecord, isFinished, runtimeStatusOf } from './record.ts';
import { historyPayload, statusPayload } from './status-payload.ts';

/** @param href the address that was asked for, which an unfinished instance is asked for again */
export async function statusOf(
  { query, href }: { readonly query: URLSearchParams; readonly href: string },
  engine: Engine,
  record: Readonly<InstanceRecord>,
): Promise<Answer> {
  const show = {
    showInput: flag(query, 'showInput', true),
    showOutput: flag(query, 'showHistoryOutput', false),
  };
  const historyEvents = flag(query, 'showHistory', false)
    ? { historyEvents: historyPayload(record, await engine.history(record), show) }
    : {};
  const body = statusPayload(record, { ...show, ...historyEvents });
  if (!isFinished(record)) {
    return { status: 202, body, headers: { location: href, 'retry-after': '5' } };
  }
  const isError = record.status === 'Failed' && flag(query, 'returnInternalServerErrorOnFailure', false);
  return { status: isError ? 500 : 200, body };
}

/** Removes an instance that has ended; one that has not is refused in the words of the extension. */
export async function purge(engine: Engine, record: Readonly<InstanceRecord>): Promise<Answer> {
  if (!isFinished(record)) {
    const status = runtimeStatusOf(record);
    return {
      status: 412,
      body: `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${record.instanceId} has status ${status}`,
    };
  }
  return { status: 200, body: { instancesDeleted: (await engine.purge(record)) ? 1 : 0 } };
}

/** A parameter that is true or false, in any case; `fallback` when it is neither. */
export function flag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const value = query.get(name)?.toLowerCase();
  return value === 'true' || value === 'false' ? value === 'true' : fallback;
}
