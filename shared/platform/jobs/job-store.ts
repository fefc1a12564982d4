import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import { integer, json, nullable, oneOf, recordCodec, text } from '../storage/codec.ts';
import type { Storage } from '../storage/connect.ts';
import { ensured } from '../storage/ensured.ts';
import { kindOf, kindRange } from '../storage/keys.ts';
import type { StoredRow, Write } from '../storage/table.ts';
import { tableName } from '../storage/tables.ts';
import { type JobStatus, jobStatuses } from './job.ts';

/** What is kept of a job. While it works, progress and message are those of its beginning. */
export interface JobRecord {
  readonly status: JobStatus;
  readonly progress: number;
  readonly message: string;
  /** ISO 8601 in UTC, as are the other times. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly expiresAt: string;
  /** Which of its owner's places for running jobs it takes while it works. */
  readonly slot: number;
  /** What was asked for: kept so that a job can be started again when the process ended before it could. */
  readonly request: unknown;
  /** The report of a completed job, otherwise null. */
  readonly result: unknown;
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
 * The jobs of one tenant: a partition per user. Beside each running job stands a row for the place that it takes;
 * the two change in one transaction, so that no number of instances can start more jobs than there are places.
 */
export interface JobStore {
  /** One round trip. */
  read(owner: string, id: string): Promise<StoredJob | undefined>;
  /** One round trip per thousand jobs. */
  list(owner: string): Promise<StoredJob[]>;
  /** Which places are taken, and by which job. One round trip. */
  places(owner: string): Promise<ReadonlyMap<number, string>>;
  /** One round trip. @throws StaleWrite when the place or the id is taken */
  insert(owner: string, id: string, record: JobRecord): Promise<void>;
  /** Writes how a running job ended and frees its place. One round trip. @throws StaleWrite when it changed since it was read */
  finish(job: StoredJob, ended: JobRecord): Promise<void>;
  /** Removes a job, and frees its place if it has one. One round trip. @throws StaleWrite when it ended or went meanwhile */
  remove(job: StoredJob): Promise<void>;
  /** The jobs of all users that are not kept any longer, a few at a time; one round trip for each list. */
  expired(now: Date): AsyncIterable<StoredJob[]>;
}

const codec = recordCodec<JobRecord>({
  status: oneOf(jobStatuses),
  progress: integer,
  message: text,
  createdAt: text,
  updatedAt: text,
  expiresAt: text,
  slot: integer,
  request: json,
  result: nullable(json),
});

/** The partition of a user's jobs; hashed because ids of users hold characters that keys must not. */
export function ownerOf({ tenant, user }: Principal): string {
  return createHash('sha256').update(`${tenant}\0${user}`).digest('base64url');
}

/** So many are removed side by side. */
const expiredAtATime = 20;

const jobKey = (id: string) => `job:${id}`;
const placeKey = (slot: number) => `place:${slot}`;

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
    async places(owner) {
      const rows = await ofKind(owner, 'place');
      return new Map(rows.map((row) => [Number(afterKind(row.rowKey)), String(row.properties.job)]));
    },
    async insert(owner, id, record) {
      const place = { partitionKey: owner, rowKey: placeKey(record.slot), properties: { job: id } };
      await transact([{ insert: jobRow(owner, id, record) }, { insert: place }]);
    },
    finish: (job, ended) =>
      transact([{ replace: jobRow(job.owner, job.id, ended), etag: job.etag }, freePlace(job)]),
    remove(job) {
      const remove = { partitionKey: job.owner, rowKey: jobKey(job.id) };
      return transact([{ remove }, ...(job.record.status === 'working' ? [freePlace(job)] : [])]);
    },
    async *expired(now) {
      const filter = odata`expiresAt le ${now.toISOString()}`;
      const pages = (await table()).pages({ filter, pageSize: expiredAtATime });
      for await (const { rows } of pages) yield rows.map(toJob);
    },
  };
}

function freePlace({ owner, record }: StoredJob): Write {
  return { remove: { partitionKey: owner, rowKey: placeKey(record.slot) } };
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
