import { messageOf } from '../../lib/errors.ts';
import type { Engine } from './engine.ts';
import { ArgumentError, InstanceExistsError, notEmulated } from './errors.ts';
import { type LinkOptions, managementLinks } from './links.ts';
import { type InstanceRecord, isFinished, newId, runtimeStatusOf } from './record.ts';
import { historyPayload, statusPayload } from './status-payload.ts';
import type { DurableStore } from './store.ts';

export interface ManagementContext {
  readonly engine: Engine;
  readonly store: DurableStore;
  readonly links: LinkOptions;
}

/** One request to the management API, wherever it came in. */
export interface ManagementRequest {
  readonly method: string;
  readonly url: URL;
  /** The path below the API's base, decoded. */
  readonly segments: readonly string[];
  readonly body: string;
  readonly contentType: string;
}

/** What the management API answers. A body is sent as JSON; without one the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const NOT_FOUND: Answer = { status: 404 };
const ACCEPTED: Answer = { status: 202 };
/** The instance has ended. */
const GONE: Answer = { status: 410 };
const FILTERS = ['createdTimeFrom', 'createdTimeTo', 'runtimeStatus', 'instanceIdPrefix', 'top'];

/** Answers like the HTTP API of the Durable Task extension; what is not emulated, says so. Never rejects. */
export async function manage(request: ManagementRequest, context: ManagementContext): Promise<Answer> {
  const { method, segments, url } = request;
  const [kind, first, , third] = segments;
  try {
    if (kind === 'instances' && first) {
      return await manageInstance(request, context, first);
    }
    if (kind === 'orchestrators' && method === 'POST' && !url.searchParams.has('timeout')) {
      return first && third === undefined ? await startNew(request, context, first) : NOT_FOUND;
    }
    if (kind === 'instances' && method === 'GET' && !FILTERS.some((name) => url.searchParams.has(name))) {
      const records = await context.store.list('all');
      return { status: 200, body: records.map((record) => statusPayload(record, showsInput(url))) };
    }
    return refusal(request);
  } catch (error) {
    return failureAnswer(error);
  }
}

async function manageInstance(
  request: ManagementRequest,
  context: ManagementContext,
  instanceId: string,
): Promise<Answer> {
  const record = await context.engine.read(instanceId);
  if (!record) {
    return NOT_FOUND;
  }
  const [, , operation = 'itself', eventName] = request.segments;
  switch (`${request.method} ${operation}`) {
    case 'GET itself':
      return await statusOf(request, context, record);
    case 'DELETE itself':
      return await purge(context, record);
    case 'POST raiseEvent':
      return eventName ? await raise(request, context, record, eventName) : NOT_FOUND;
    case 'POST terminate':
    case 'POST suspend':
    case 'POST resume':
      return await tell(request, context, record, operation as 'terminate' | 'suspend' | 'resume');
    default:
      return refusal(request);
  }
}

async function startNew(
  { url, segments, body }: ManagementRequest,
  { engine, links }: ManagementContext,
  name: string,
): Promise<Answer> {
  const input = body === '' ? null : normalized(body);
  const { instanceId } = await engine.start({ name, input, instanceId: segments[2] ?? newId() });
  const addresses = managementLinks(instanceId, url.origin, links);
  return {
    status: 202,
    body: addresses,
    headers: { location: addresses.statusQueryGetUri, 'retry-after': '10' },
  };
}

/** The status of an instance. An unfinished one is to be asked for again at the same address. */
async function statusOf(
  { url }: ManagementRequest,
  { store }: ManagementContext,
  record: Readonly<InstanceRecord>,
): Promise<Answer> {
  const isTrue = (name: string) => url.searchParams.get(name) === 'true';
  const historyEvents = isTrue('showHistory') && historyPayload(record, await store.history(record));
  const body = { ...statusPayload(record, showsInput(url)), ...(historyEvents && { historyEvents }) };
  if (!isFinished(record)) {
    return { status: 202, body, headers: { location: url.href, 'retry-after': '5' } };
  }
  const isError = record.status === 'Failed' && isTrue('returnInternalServerErrorOnFailure');
  return { status: isError ? 500 : 200, body };
}

function showsInput({ searchParams }: URL): boolean {
  return searchParams.get('showInput') !== 'false';
}

/** Removes an instance that has ended; one that has not is refused in the words of the extension. */
async function purge({ store }: ManagementContext, record: Readonly<InstanceRecord>): Promise<Answer> {
  if (!isFinished(record)) {
    const body = `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${record.instanceId} has status ${runtimeStatusOf(record)}`;
    return { status: 412, body };
  }
  return { status: 200, body: { instancesDeleted: (await store.purge(record)) ? 1 : 0 } };
}

/** Throws an Error when the instance is suspended already, or is not. */
async function tell(
  { url }: ManagementRequest,
  { engine }: ManagementContext,
  record: Readonly<InstanceRecord>,
  kind: 'terminate' | 'suspend' | 'resume',
): Promise<Answer> {
  if (isFinished(record)) {
    return GONE;
  }
  if (kind !== 'terminate' && record.suspended === (kind === 'suspend')) {
    throw new Error(
      `Cannot ${kind} the orchestration instance ${record.instanceId} because instance is in the ${runtimeStatusOf(record)} state.`,
    );
  }
  await engine.send(record, { kind, reason: url.searchParams.get('reason') });
  return ACCEPTED;
}

async function raise(
  { contentType, body }: ManagementRequest,
  { engine }: ManagementContext,
  record: Readonly<InstanceRecord>,
  name: string,
): Promise<Answer> {
  if (isFinished(record)) {
    return GONE;
  }
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    return { status: 400, body: { Message: 'Only application/json request content is supported' } };
  }
  await engine.send(record, { kind: 'event', name, input: normalized(body) });
  return ACCEPTED;
}

/** The same JSON without white space. Throws an ArgumentError when it is none. */
function normalized(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch (error) {
    throw new ArgumentError(`Invalid JSON content: ${messageOf(error)}`);
  }
}

/** A failed request, in the words with which the extension begins. */
function failureAnswer(error: unknown): Answer {
  if (error instanceof InstanceExistsError) {
    return { status: 409, body: { Message: error.message } };
  }
  const [status, Message] =
    error instanceof ArgumentError
      ? [400, 'One or more of the arguments submitted is incorrect']
      : [500, 'Something went wrong while processing your request'];
  return { status, body: { Message, ExceptionMessage: messageOf(error) } };
}

/** An answer that the real extension would not give. */
function refusal({ method, url: { pathname, search } }: ManagementRequest): Answer {
  return { status: 501, body: notEmulated(`${method} ${pathname}${search}`) };
}
