import { type Answer, failureAnswer, type ManagementRequest, NOT_FOUND, refusal } from './answers.ts';
import type { Engine } from './engine.ts';
import { type LinkOptions, managementLinks } from './links.ts';
import { listInstances, normalized, purge, statusOf, tell } from './operations.ts';

export interface ManagementContext {
  readonly engine: Engine;
  readonly links: LinkOptions;
}

/** Answers like the HTTP API of the Durable Task extension. Never rejects. */
export async function manage(request: ManagementRequest, context: ManagementContext): Promise<Answer> {
  const [kind = '', first, second, third] = request.segments;
  try {
    switch (kind.toLowerCase()) {
      case 'orchestrators':
        return request.method === 'POST' && first && third === undefined
          ? await startNew(request, context, first, second)
          : NOT_FOUND;
      case 'instances':
        return first
          ? await manageInstance(request, context.engine, first, second)
          : await manageAll(request, context.engine);
      case 'entities':
        return refusal(`The durable entity '${request.segments.slice(1).join('/')}'`);
      default:
        return NOT_FOUND;
    }
  } catch (error) {
    return failureAnswer(error);
  }
}

async function manageAll(request: ManagementRequest, engine: Engine): Promise<Answer> {
  if (request.method === 'DELETE') {
    return refusal('A purge of more than one instance');
  }
  return request.method === 'GET' ? await listInstances(request, engine) : NOT_FOUND;
}

async function manageInstance(
  request: ManagementRequest,
  engine: Engine,
  instanceId: string,
  operation: string | undefined,
): Promise<Answer> {
  const record = await engine.read(instanceId);
  if (!record) {
    return NOT_FOUND;
  }
  if (operation) {
    return request.method === 'POST' ? await tell(request, engine, record) : NOT_FOUND;
  }
  if (request.method === 'DELETE') {
    return await purge(engine, record);
  }
  return request.method === 'GET' ? await statusOf(request, engine, record) : NOT_FOUND;
}

async function startNew(
  { query, body, origin }: ManagementRequest,
  { engine, links }: ManagementContext,
  name: string,
  instanceId: string | undefined,
): Promise<Answer> {
  if (query.has('timeout')) {
    return refusal('A start that waits for the end');
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
