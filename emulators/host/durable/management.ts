import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../clock.ts';
import {
  ACCEPTED,
  type Answer,
  failureAnswer,
  GONE,
  InvalidOperationError,
  NOT_FOUND,
  notEmulated,
} from './answers.ts';
import type { Engine } from './engine.ts';
import { ArgumentError } from './functions.ts';
import { listInstances, purgeInstances } from './instance-list.ts';
import { type LinkOptions, managementLinks } from './links.ts';
import { finalStatusOf, type InstanceRecord, isFinished } from './record.ts';
import { historyPayload, parsed, statusPayload } from './status-payload.ts';

/** One request to the management API, wherever it came in. */
export interface ManagementRequest {
  readonly method: string;
  /** The path below the API's base, decoded segment by segment. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  readonly contentType: string;
  readonly continuation: string | undefined;
  /** The origin that links in the answer get. */
  readonly origin: string;
  /** The whole address that was asked for. */
  readonly href: string;
}

export interface ManagementContext {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly links: LinkOptions;
}

/** Seconds between looks at an instance that the request waits for, unless it says otherwise. */
const WAIT_INTERVAL = 1;

/** Answers like the HTTP API of the Durable Task extension. Never rejects. */
export async function manage(request: ManagementRequest, context: ManagementContext): Promise<Answer> {
  try {
    return await dispatch(request, context);
  } catch (error) {
    return failureAnswer(error);
  }
}

async function dispatch(request: ManagementRequest, context: ManagementContext): Promise<Answer> {
  const { method, segments, query } = request;
  const [kind = '', first, second, third] = segments;
  switch (kind.toLowerCase()) {
    case 'orchestrators':
      if (method !== 'POST' || !first || third !== undefined) {
        return NOT_FOUND;
      }
      return await startNew(request, context, first, second || undefined);
    case 'instances':
      if (!first && method === 'GET') {
        return await listInstances(context.engine, query, request.continuation, showInput(query));
      }
      if (!first && method === 'DELETE') {
        return await purgeInstances(context.engine, query);
      }
      return first ? await manageInstance(request, context, first, second, third) : NOT_FOUND;
    case 'entities':
      return notEmulated(`The durable entity '${segments.slice(1).join('/')}'`);
    default:
      return NOT_FOUND;
  }
}

async function manageInstance(
  request: ManagementRequest,
  context: ManagementContext,
  instanceId: string,
  operation: string | undefined,
  argument: string | undefined,
): Promise<Answer> {
  const record = await context.engine.read(instanceId);
  if (!operation && request.method === 'GET') {
    return await statusOf(request, context, record);
  }
  if (!operation && request.method === 'DELETE') {
    return await purge(context.engine, record);
  }
  if (!operation || request.method !== 'POST') {
    return NOT_FOUND;
  }
  const name = operation.toLowerCase();
  if (name === 'restart') {
    return await restart(request, context, record, instanceId);
  }
  if (!record) {
    return NOT_FOUND;
  }
  if (name === 'rewind') {
    return record.status === 'Failed' ? notEmulated('Rewind') : refuseRewind(record);
  }
  if (isFinished(record)) {
    return GONE;
  }
  return await tell(request, context.engine, record, name, argument);
}

async function tell(
  { query, body, contentType }: ManagementRequest,
  engine: Engine,
  record: Readonly<InstanceRecord>,
  operation: string,
  eventName: string | undefined,
): Promise<Answer> {
  const reason = query.get('reason');
  switch (operation) {
    case 'raiseevent':
      if (!eventName) {
        return NOT_FOUND;
      }
      if (contentType !== 'application/json') {
        return { status: 400, body: { Message: 'Only application/json request content is supported' } };
      }
      return await raise(engine, record, eventName, body);
    case 'terminate':
      await engine.send(record, { kind: 'terminate', reason });
      return ACCEPTED;
    case 'suspend':
    case 'resume':
      if (record.suspended === (operation === 'suspend')) {
        const state = record.suspended ? 'Suspended' : record.status;
        throw new InvalidOperationError(
          `Cannot ${operation} an orchestration instance in the ${state} state.`,
        );
      }
      await engine.send(record, { kind: operation, reason });
      return ACCEPTED;
    default:
      return NOT_FOUND;
  }
}

async function raise(
  engine: Engine,
  record: Readonly<InstanceRecord>,
  name: string,
  body: string,
): Promise<Answer> {
  const input = normalized(body);
  if ('problem' in input) {
    return input.problem;
  }
  await engine.send(record, { kind: 'event', name, input: input.json });
  return ACCEPTED;
}

async function startNew(
  request: ManagementRequest,
  context: ManagementContext,
  name: string,
  instanceId: string | undefined,
): Promise<Answer> {
  const input = request.body === '' ? { json: null } : normalized(request.body);
  if ('problem' in input) {
    return input.problem;
  }
  const version = request.query.get('version') ?? '';
  const record = await context.engine.start({
    name,
    version,
    input: input.json,
    ...(instanceId !== undefined && { instanceId }),
  });
  const timeout = Number(request.query.get('timeout') ?? 0);
  return (await endWithin(timeout, request, context, record.instanceId)) ?? started(request, context, record);
}

/** The address that the template of the extension calls "create and wait": the output when it is there in time. */
async function endWithin(
  timeout: number,
  { query }: ManagementRequest,
  { engine, clock }: ManagementContext,
  instanceId: string,
): Promise<Answer | undefined> {
  const deadline = clock.now().getTime() + timeout * 1000;
  const interval = (Number(query.get('pollingInterval')) || WAIT_INTERVAL) * 1000;
  while (timeout > 0 && clock.now().getTime() < deadline) {
    const record = await engine.read(instanceId);
    const status = record && finalStatusOf(record);
    if (record && status === 'Completed') {
      return { status: 200, body: parsed(record.output) };
    }
    if (record && status) {
      return { status: status === 'Failed' ? 500 : 200, body: statusPayload(record, { showInput: true }) };
    }
    const next = Math.min(clock.now().getTime() + interval, deadline);
    await new Promise<void>((resolve) => clock.runAt(new Date(next), resolve));
  }
  return undefined;
}

async function restart(
  request: ManagementRequest,
  context: ManagementContext,
  record: Readonly<InstanceRecord> | undefined,
  instanceId: string,
): Promise<Answer> {
  if (!record) {
    throw new ArgumentError(`An orchestrator with the instanceId ${instanceId} was not found.`);
  }
  const { name, version, input } = record;
  const again = flag(request.query, 'restartWithNewInstanceId', true) ? {} : { instanceId };
  return started(request, context, await context.engine.start({ name, version, input, ...again }));
}

function started(
  { origin }: ManagementRequest,
  { links }: ManagementContext,
  { instanceId }: Readonly<InstanceRecord>,
): Answer {
  const { rewindPostUri: _, ...body } = managementLinks(instanceId, origin, links);
  return { status: 202, body, headers: { location: body.statusQueryGetUri, 'retry-after': '10' } };
}

async function statusOf(
  { query, href }: ManagementRequest,
  { engine }: ManagementContext,
  record: Readonly<InstanceRecord> | undefined,
): Promise<Answer> {
  if (!record) {
    return NOT_FOUND;
  }
  const show = { showInput: showInput(query), showOutput: flag(query, 'showHistoryOutput', false) };
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

async function purge(engine: Engine, record: Readonly<InstanceRecord> | undefined): Promise<Answer> {
  if (!record) {
    return NOT_FOUND;
  }
  return { status: 200, body: { instancesDeleted: (await engine.purge(record)) ? 1 : 0 } };
}

function refuseRewind(record: Readonly<InstanceRecord>): Answer {
  if (isFinished(record)) {
    return GONE;
  }
  throw new InvalidOperationError(
    'The rewind operation is only supported on failed orchestration instances.',
  );
}

function normalized(body: string): { readonly json: string } | { readonly problem: Answer } {
  try {
    return { json: JSON.stringify(JSON.parse(body)) };
  } catch (error) {
    const details = { Message: 'Invalid JSON content', ExceptionMessage: messageOf(error) };
    return { problem: { status: 400, body: details } };
  }
}

function showInput(query: URLSearchParams): boolean {
  return flag(query, 'showInput', true);
}

function flag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const value = query.get(name)?.toLowerCase();
  return value === 'true' || value === 'false' ? value === 'true' : fallback;
}
