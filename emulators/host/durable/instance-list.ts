import type { Answer } from './answers.ts';
import { NOT_FOUND } from './answers.ts';
import type { Engine } from './engine.ts';
import { finalStatusOf, type InstanceRecord, runtimeStatusOf } from './record.ts';
import { statusPayload } from './status-payload.ts';
import type { IndexEntry, IndexFilter } from './store.ts';

/** Instances of one answer when the request does not say how many. */
const PAGE = 100;
const PARALLEL_READS = 16;
/** The header that carries where the next page begins, in both directions. */
export const CONTINUATION_HEADER = 'x-ms-continuation-token';

/** `GET instances`: the instances that the query describes, a page at a time. */
export async function listInstances(
  engine: Engine,
  query: URLSearchParams,
  continuation: string | undefined,
  showInput: boolean,
): Promise<Answer> {
  const statuses = statusesOf(query);
  const top = Number(query.get('top')) || PAGE;
  const after = continuation ? Buffer.from(continuation, 'base64url').toString() : undefined;
  const entries = (await engine.list({ ...filterOf(query), after })).filter(
    ({ finalStatus }) => !statuses || finalStatus === undefined || statuses.has(finalStatus.toLowerCase()),
  );
  const found: Readonly<InstanceRecord>[] = [];
  let examined = 0;
  while (found.length < top && examined < entries.length) {
    const batch = entries.slice(examined, examined + Math.min(PARALLEL_READS, top - found.length));
    examined += batch.length;
    for (const record of await Promise.all(batch.map(({ instanceId }) => engine.read(instanceId)))) {
      if (record && (!statuses || statuses.has(runtimeStatusOf(record).toLowerCase()))) {
        found.push(record);
      }
    }
  }
  return {
    status: 200,
    body: found.map((record) => statusPayload(record, { showInput })),
    headers: { [CONTINUATION_HEADER]: continuationAfter(entries, examined) },
  };
}

/** `DELETE instances`: removes the finished instances that the query describes. */
export async function purgeInstances(engine: Engine, query: URLSearchParams): Promise<Answer> {
  const filter = filterOf(query);
  if (filter.createdFrom === undefined) {
    return { status: 400, body: "Please provide value for 'createdTimeFrom' parameter." };
  }
  const statuses = statusesOf(query);
  let instancesDeleted = 0;
  for (const { instanceId } of await engine.list(filter)) {
    const record = await engine.read(instanceId);
    const status = record && finalStatusOf(record);
    if (!record || !status || (statuses && !statuses.has(status.toLowerCase()))) {
      continue;
    }
    if (await engine.purge(record)) {
      instancesDeleted += 1;
    }
  }
  return instancesDeleted > 0 ? { status: 200, body: { instancesDeleted } } : NOT_FOUND;
}

function filterOf(query: URLSearchParams): IndexFilter {
  return {
    createdFrom: timeOf(query, 'createdTimeFrom'),
    createdTo: timeOf(query, 'createdTimeTo'),
    instanceIdPrefix: query.get('instanceIdPrefix') || undefined,
  };
}

function timeOf(query: URLSearchParams, name: string): string | undefined {
  const time = Date.parse(query.get(name) ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** In lower case; undefined when the query asks for every status. */
function statusesOf(query: URLSearchParams): Set<string> | undefined {
  const text = query.get('runtimeStatus');
  return text ? new Set(text.toLowerCase().split(',')) : undefined;
}

function continuationAfter(entries: readonly IndexEntry[], examined: number): string {
  const last = examined < entries.length ? entries[examined - 1] : undefined;
  return last ? Buffer.from(last.instanceId).toString('base64url') : '';
}
