import { type Answer, failureAnswer, GONE, NOT_FOUND, notEmulated } from './answers.ts';
import { normalized, tell } from './control-operations.ts';
import type { Engine } from './engine.ts';
import { flag, purge, statusOf } from './instance-answers.ts';
import { listInstances } from './instance-list.ts';
import { type LinkOptions, managementLinks } from './links.ts';
import { isFinished } from './record.ts';

/** One request to the management API, wherever it came in. */
export interface ManagementRequest {
  readonly method: string;
  /** The path below the API's base, decoded segment by segment. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  readonly contentType: string;
  /** The origin that links in the answer get. */
  readonly origin: string;
  /** The whole address that was asked for. */
  readonly href: string;
}

export interface ManagementContext {
  readonly engine: Engine;
  readonly links: LinkOptions;
}

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
      return await startNew(request, context, first, second);
    case 'instances':
      if (!first && method === 'GET') {
        return await listInstances(context.engine, query, flag(query, 'showInput', true));
      }
      if (!first && method === 'DELETE') {
        return notEmulated('A purge of more than one instance');
      }
      return first ? await manageInstance(request, context.engine, first, second, third) : NOT_FOUND;
    case 'entities':
      return notEmulated(`The durable entity '${segments.slice(1).join('/')}'`);
    default:
      return NOT_FOUND;
  }
}

async function manageInstance(
  request: ManagementRequest,
  engine: Engine,
  instanceId: string,
  operation: string | undefined,
  eventName: string | undefined,
): Promise<Answer> {
  const { method, query } = request;
  const record = await engine.read(instanceId);
  if (!record) {
    return NOT_FOUND;
  }
  if (!operation && method === 'GET') {
    return await statusOf(request, engine, record);
  }
  if (!operation && method === 'DELETE') {
    return await purge(engine, record);
  }
  if (!operation || method !== 'POST') {
    return NOT_FOUND;
  }
  const name = operation.toLowerCase();
  if (name === 'rewind' || name === 'restart') {
    return notEmulated(`The operation ${name}`);
  }
  return isFinished(record)
    ? GONE
    : await tell(engine, record, { ...request, operation: name, eventName, reason: query.get('reason') });
}

async function startNew(
  { query, body, origin }: ManagementRequest,
  { engine, links }: ManagementContext,
  name: string,
  instanceId: string | undefined,
): Promise<Answer> {
  if (query.has('timeout')) {
    return notEmulated('A start that waits for the end');
  }
  const input = body === '' ? { json: null } : normalized(body);
  if ('problem' in input) {
    return input.problem;
  }
  const record = await engine.start({ name, input: input.json, instanceId: instanceId || undefined });
  const { rewindPostUri: _, ...addresses } = managementLinks(record.instanceId, origin, links);
  return {
    status: 202,
    body: addresses,
    headers: { location: addresses.statusQueryGetUri, 'retry-after': '10' },
  };
}
