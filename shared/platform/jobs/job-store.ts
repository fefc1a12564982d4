import { createHash } from 'node:crypto';
import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import { integer, json, nullable, oneOf, recordCodec, text } from '../storage/codec.ts';
import type { Storage } from '../storage/connect.ts';
import { ensured } from '../storage/ensured.ts';
import { kindOf, kindRange } from '../storage/keys.ts';
import { odata } from '../storage/odata.ts';
import type { StoredRow, Write } from '../storage/table.ts';
import { tableName } from '../storage/tables.ts';
import { type JobStatus, jobStatuses } from './job.ts';

/** What is kept of a job. While it works, progress and message are those of its beginning. */
export interface JobRecord {
  /** Name of its definition; null in records of a version that had one definition only. */
  readonly kind: string | null;
  readonly status: JobStatus;
  readonly progress: number;
  readonly message: string;
  /** ISO 8601 in UTC, as are the other times. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly expiresAt: string;
  /** Which of its owner's slots for running jobs it takes while it works. */
  readonly slot: number;
  /** What was asked for: kept so that a job can be started again when the process ended before it could. */
  readonly request: unknown;
  /** The report of a completed job; what another one told of its steps so far, or null. */
  readonly result: unknown;
  /** Digest of the idempotency key that it was started under, if any. */
  readonly key: string | null;
}

/** What an idempotency key of a user stands for. */
export interface KeyUse {
  /** Id of the job that was started under it last. */
  readonly job: string;
  /** Digest of what that job was asked for. */
  readonly digest: string;
  readonly etag: string;
}

/** A job with its keys and the ETag it was read at. */
export interface StoredJob {
  /** Partition of its owner. */
  readonly owner: string;
  readonly id: string;
  readonly etag: string;
  readonly record: JobRecord;
}

/**
 * The jobs of one tenant: a partition per user. Beside each running job stands a row for the slot that it takes;
 * the two change in one transaction, so that no number of instances can start more jobs than there are slots.
 */
export interface JobStore {
  /** One round trip. */
  read(owner: string, id: string): Promise<StoredJob | undefined>;
  /** One round trip per thousand jobs. */
  list(owner: string): Promise<StoredJob[]>;
  /** Which slots are taken, and by which job. One round trip. */
  slots(owner: string): Promise<ReadonlyMap<number, string>>;
  /** What the idempotency key with this digest was used for. One round trip. */
  keyUse(owner: string, key: string): Promise<KeyUse | undefined>;
  /**
   * One round trip.
   * @param under the idempotency key's digest of what was asked for, and its former use if there was one
   * @throws StaleWrite when the slot, the id or the key is taken
   */
  insert(
    owner: string,
    id: string,
    record: JobRecord,
    under?: { readonly digest: string; readonly former: KeyUse | undefined },
  ): Promise<void>;
  /** Writes how a running job ended and frees its slot. One round trip. @throws StaleWrite when it changed since it was read */
  finish(job: StoredJob, ended: JobRecord): Promise<void>;
  /** Removes a job, and frees its slot and its key if it has them. Two round trips at most. @throws StaleWrite when it ended or went meanwhile */
  remove(job: StoredJob): Promise<void>;
  /** The jobs of all users that are not kept any longer, a few at a time; one round trip for each list. */
  expired(now: Date): AsyncIterable<StoredJob[]>;
}

const codec = recordCodec<JobRecord>({
  kind: nullable(text),
  status: oneOf(jobStatuses),
  progress: integer,
  message: text,
  createdAt: text,
  updatedAt: text,
  expiresAt: text,
  slot: integer,
  request: json,
  result: nullable(json),
  key: nullable(text),
});

/** The partition of a user's jobs; hashed because ids of users hold characters that keys must not. */
export function ownerOf({ tenant, user }: Principal): string {
  return createHash('sha256').update(`${tenant}\0${user}`).digest('base64url');
}

/** So many are removed side by side. */
const expiredAtATime = 20;

const jobKey = (id: string) => `job:${id}`;
/** The row of a slot; stored under this name since the first version. */
const slotKey = (slot: number) => `place:${slot}`;
const keyKey = (key: string) => `key:${key}`;

export function jobStore(storage: Storage, tenant: TenantId): JobStore {
  const table = ensured(storage.table(tableName(tenant, 'Jobs')));
  const ofKind = async (owner: string, kind: string) => {
    const { from, below } = kindRange(kind);
    return await (await table()).list(
      odata`PartitionKey eq ${owner} and RowKey ge ${from} and RowKey lt ${below}`,
    );
  };
  const transact = async (steps: readonly Write[]) => await (await table()).transact(steps);
  return {
    async read(owner, id) {
      const row = await (await table()).get(owner, jobKey(id));
      return row && toJob(row);
    },
    list: async (owner) => (await ofKind(owner, 'job')).map(toJob),
    async slots(owner) {
      const rows = await ofKind(owner, 'place');
      return new Map(rows.map((row) => [Number(afterKind(row.rowKey)), String(row.properties.job)]));
    },
    async keyUse(owner, key) {
      const row = await (await table()).get(owner, keyKey(key));
      return row && { ...keyCodec.decode(row.properties), etag: row.etag };
    },
    async insert(owner, id, record, under) {
      const slot = { partitionKey: owner, rowKey: slotKey(record.slot), properties: { job: id } };
      await transact([
        { insert: jobRow(owner, id, record) },
        { insert: slot },
        ...keyWrites(owner, id, record, under),
      ]);
    },
    finish: (job, ended) =>
      transact([{ replace: jobRow(job.owner, job.id, ended), etag: job.etag }, releaseSlot(job)]),
    async remove(job) {
      const { owner, id, record } = job;
      const key = record.key === null ? undefined : keyKey(record.key);
      // A key that was used again since is the newer job's.
      const isOwn = key !== undefined && (await (await table()).get(owner, key))?.properties.job === id;
      await transact([
        { remove: { partitionKey: owner, rowKey: jobKey(id) } },
        ...(record.status === 'working' ? [releaseSlot(job)] : []),
        ...(isOwn ? [{ remove: { partitionKey: owner, rowKey: key } }] : []),
      ]);
    },
    async *expired(now) {
      const filter = odata`expiresAt le ${now.toISOString()}`;
      const pages = (await table()).pages({ filter, pageSize: expiredAtATime });
      for await (const { rows } of pages) {
        yield rows.map(toJob);
      }
    },
  };
}

const keyCodec = recordCodec<Omit<KeyUse, 'etag'>>({ job: text, digest: text });

function keyWrites(
  owner: string,
  id: string,
  { key }: JobRecord,
  under: Parameters<JobStore['insert']>[3],
): Write[] {
  if (key === null || under === undefined) {
    return [];
  }
  const properties = keyCodec.encode({ job: id, digest: under.digest });
  const row = { partitionKey: owner, rowKey: keyKey(key), properties };
  return [under.former === undefined ? { insert: row } : { replace: row, etag: under.former.etag }];
}

function releaseSlot({ owner, record }: StoredJob): Write {
  return { remove: { partitionKey: owner, rowKey: slotKey(record.slot) } };
}

function jobRow(owner: string, id: string, record: JobRecord) {
  return { partitionKey: owner, rowKey: jobKey(id), properties: codec.encode(record) };
}

function toJob({ partitionKey, rowKey, etag, properties }: StoredRow): StoredJob {
  return { owner: partitionKey, id: afterKind(rowKey), etag, record: codec.decode(properties) };
}

function afterKind(rowKey: string): string {
  return rowKey.slice(kindOf(rowKey).length + 1);
}
