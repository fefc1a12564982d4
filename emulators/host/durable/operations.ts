import { messageOf } from '../../lib/errors.ts';
import { ACCEPTED, type Answer, GONE, type ManagementRequest, NOT_FOUND, refusal } from './answers.ts';
import type { Engine } from './engine.ts';
import { type InstanceRecord, isFinished, runtimeStatusOf } from './record.ts';
import { historyPayload, statusPayload } from './status-payload.ts';

type Stored = Readonly<InstanceRecord>;

/** The status of an instance. An unfinished one is to be asked for again at the same address. */
export async function statusOf(
  { query, href }: ManagementRequest,
  engine: Engine,
  record: Stored,
): Promise<Answer> {
  const show = {
    showInput: flag(query, 'showInput', true),
    showOutput: flag(query, 'showHistoryOutput', false),
  };
  const historyEvents = flag(query, 'showHistory', false)
    ? { historyEvents: historyPayload(record, await engine.history(record), show) }
    : {};
  const body = { ...statusPayload(record, show.showInput), ...historyEvents };
  if (!isFinished(record)) {
    return { status: 202, body, headers: { location: href, 'retry-after': '5' } };
  }
  const isError = record.status === 'Failed' && flag(query, 'returnInternalServerErrorOnFailure', false);
  return { status: isError ? 500 : 200, body };
}

const FILTERS = ['createdTimeFrom', 'createdTimeTo', 'runtimeStatus', 'instanceIdPrefix', 'top'];

/** All instances in one answer, in the order of their ids, without a token for more. */
export async function listInstances({ query }: ManagementRequest, engine: Engine): Promise<Answer> {
  const filter = FILTERS.find((name) => query.has(name));
  if (filter !== undefined) {
    return refusal(`A list by ${filter}`);
  }
  const showInput = flag(query, 'showInput', true);
  return { status: 200, body: (await engine.list()).map((record) => statusPayload(record, showInput)) };
}

/** Removes an instance that has ended; one that has not is refused in the words of the extension. */
export async function purge(engine: Engine, record: Stored): Promise<Answer> {
  if (!isFinished(record)) {
    const body = `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${record.instanceId} has status ${runtimeStatusOf(record)}`;
    return { status: 412, body };
  }
  return { status: 200, body: { instancesDeleted: (await engine.purge(record)) ? 1 : 0 } };
}

/** Events, terminate, suspend and resume. Throws an Error when the operation does not fit the state of the instance. */
export async function tell(request: ManagementRequest, engine: Engine, record: Stored): Promise<Answer> {
  const [, , operation = '', eventName] = request.segments;
  const kind = operation.toLowerCase();
  if (kind === 'rewind' || kind === 'restart') {
    return refusal(`The operation ${kind}`);
  }
  if (isFinished(record)) {
    return GONE;
  }
  if (kind === 'raiseevent') {
    return eventName ? await raise(request, engine, record, eventName) : NOT_FOUND;
  }
  if (kind !== 'terminate' && kind !== 'suspend' && kind !== 'resume') {
    return NOT_FOUND;
  }
  if (kind !== 'terminate' && record.suspended === (kind === 'suspend')) {
    throw new Error(
      `Cannot ${kind} the orchestration instance ${record.instanceId} because instance is in the ${runtimeStatusOf(record)} state.`,
    );
  }
  await engine.send(record, { kind, reason: request.query.get('reason') });
  return ACCEPTED;
}

async function raise(
  { contentType, body }: ManagementRequest,
  engine: Engine,
  record: Stored,
  name: string,
): Promise<Answer> {
  if (contentType !== 'application/json') {
    return { status: 400, body: { Message: 'Only application/json request content is supported' } };
  }
  const input = normalized(body);
  if ('problem' in input) {
    return input.problem;
  }
  await engine.send(record, { kind: 'event', name, input: input.json });
  return ACCEPTED;
}

/** The same JSON without white space, or the answer to what is none. */
export function normalized(body: string): { readonly json: string } | { readonly problem: Answer } {
  try {
    return { json: JSON.stringify(JSON.parse(body)) };
  } catch (error) {
    const details = { Message: 'Invalid JSON content', ExceptionMessage: messageOf(error) };
    return { problem: { status: 400, body: details } };
  }
}

/** A parameter that is true or false, in any case; `fallback` when it is neither. */
function flag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const value = query.get(name)?.toLowerCase();
  return value === 'true' || value === 'false' ? value === 'true' : fallback;
}
