import { Unavailable } from '../errors.ts';
import type { TenantId } from '../identity/tenant.ts';
import { integer, oneOf, recordCodec, text } from './codec.ts';
import type { Storage } from './connect.ts';
import { isMissing } from './faults.ts';
import type { Table } from './table.ts';
import { tableName } from './tables.ts';

/** Where a tenant's data came from. */
export interface Origin {
  /** The date that the data is relative to, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly seed: number;
  /** Digest of the dataset. */
  readonly digest: string;
  /** When it was loaded, ISO 8601 in UTC. */
  readonly loadedAt: string;
}

/** Says whether a load went through: `loading` before the first row is written, `complete` after the last one. */
export interface Marker extends Origin {
  readonly state: 'loading' | 'complete';
}

const partition = 'seed';
const row = 'marker';
const marker = recordCodec<Marker>({
  asOf: text,
  seed: integer,
  digest: text,
  loadedAt: text,
  state: oneOf(['loading', 'complete']),
});

/** The tenant's marker; undefined when no seed was ever loaded. */
export async function readMarker(storage: Storage, tenant: TenantId): Promise<Marker | undefined> {
  const table = metaTable(storage, tenant);
  const stored = await absentTableAs(undefined, () => table.get(partition, row));
  return stored === undefined ? undefined : marker.decode(stored.properties);
}

export async function writeMarker(storage: Storage, tenant: TenantId, value: Marker): Promise<void> {
  await metaTable(storage, tenant).transactRepeatable([
    { upsert: { partitionKey: partition, rowKey: row, properties: marker.encode(value) } },
  ]);
}

/** What `read` returns, or `fallback` when the table does not exist. */
export async function absentTableAs<T>(fallback: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unavailable && isMissing(error.cause, 'table')) {
      return fallback;
    }
    throw error;
  }
}

function metaTable(storage: Storage, tenant: TenantId): Table {
  return storage.table(tableName(tenant, 'Meta'));
}
