import type { Storage } from '#platform/storage/connect';
import { odata } from '#platform/storage/odata';
import { removeMatching } from '#platform/storage/remove-rows';
import { StaleWrite } from '#platform/storage/stale-write';
import { type NewRow, type Table, transactionLimit, type Write } from '#platform/storage/table';
import { TooLargeError, TRANSACTION_LIMIT } from './errors.ts';
import type { HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished } from './record.ts';
import { Slots } from './slots.ts';
import type { Documents, DurableStore } from './store.ts';
import { after, textRows, valuesOf } from './text-rows.ts';

/** Requests at the same time: a hundred instances that move at once would all wait in storage, until the time of a request is over. */
const PARALLEL_REQUESTS = 16;
/** Bytes that a character can take in a request, escaped, and some for what is around it. */
const mostBytes = 8;
/** Larger than the number of any commit. */
const LAST_COMMIT = 999_999_999;
/** The row of an instance's record; beside it are those of its commits. */
const STATE = 'state';
/** How often a record of several rows is read again when a commit came between them. */
const READ_ATTEMPTS = 10;

/**
 * The task hub in Table Storage, in the tables `<hub>Turns` and `<hub>Messages`, which the Durable extension has not;
 * the second stays small, so that polling it is cheap. An instance is a partition of the first: its record, and the events of one commit
 * each, of which number 0 has none, and is there as long as this incarnation is.
 * A commit is one entity group transaction: the beginning of this incarnation, which must still be there, the events, under a number
 * that nobody has used yet, and the record. Makes the tables that are missing.
 */
export async function openTableStore(storage: Storage, hub: string): Promise<DurableStore> {
  const [history, control] = [storage.table(`${hub}Turns`), storage.table(`${hub}Messages`)];
  await Promise.all([history.ensure(), control.ensure()]);
  const slots = new Slots(PARALLEL_REQUESTS);
  const list = (filter: string) => slots.run(() => history.list(filter));
  const change = (steps: readonly Write[]) => slots.run(() => transact(history, steps));
  return {
    async create(record) {
      const rows = [...stateRows(record), ...turnRows(record, [])];
      return !(await isStale(change(rows.map((insert) => ({ insert })))));
    },
    read: (instanceId) => readRecord(list, instanceId),
    async commit(record, events) {
      const beginning = turnRows({ ...record, commits: 0 }, []);
      await change([
        ...beginning.map((replace) => ({ replace, etag: '*' })),
        ...turnRows(record, events).map((insert) => ({ insert })),
        ...stateRows(record).map((upsert) => ({ upsert })),
      ]);
    },
    async history(record) {
      return valuesOf<HistoryEvent[]>(await list(turns(record, 1))).flat();
    },
    purge: (record) => purge(history, record),
    async list(which) {
      const filter = odata`RowKey ge ${STATE} and RowKey lt ${after(STATE)}`;
      return valuesOf(await list(which === 'all' ? filter : `${filter} and ended eq false`));
    },
    messages: documents(control, 'message'),
    hosts: documents(control, 'host'),
  };
}

function documents<Value>(table: Table, partition: string): Documents<Value> {
  return {
    put: (key, value) =>
      transact(
        table,
        textRows(partition, key, value).map((upsert) => ({ upsert })),
      ),
    all: async () => valuesOf<Value>(await table.list(odata`PartitionKey eq ${partition}`)),
    async remove(key) {
      await removeMatching(table, one(partition, key));
    },
  };
}

/** Letters, digits and a few signs as they are, the rest escaped: Table Storage forbids some characters in keys. */
export function instanceKey(instanceId: string): string {
  return instanceId.replace(
    /[^A-Za-z0-9_.:@-]/g,
    (unit) => `=${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function turnKey({ incarnation }: Readonly<InstanceRecord>, commit: number): string {
  return `turn:${incarnation}:${String(commit).padStart(9, '0')}`;
}

function stateRows(record: Readonly<InstanceRecord>): NewRow[] {
  const common = { version: String(record.commits), ended: isFinished(record) };
  return textRows(instanceKey(record.instanceId), STATE, record, common);
}

function turnRows(record: Readonly<InstanceRecord>, events: readonly HistoryEvent[]): NewRow[] {
  return textRows(instanceKey(record.instanceId), turnKey(record, record.commits), events);
}

async function readRecord(list: Table['list'], instanceId: string): Promise<InstanceRecord | undefined> {
  for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt += 1) {
    const rows = await list(one(instanceKey(instanceId), STATE));
    const [record] = valuesOf<InstanceRecord>(rows);
    if (record || rows.length === 0) {
      return record;
    }
  }
  throw new Error(`The record of instance '${instanceId}' changes faster than it can be read.`);
}

async function purge(history: Table, record: Readonly<InstanceRecord>): Promise<boolean> {
  await removeMatching(history, turns(record, 1));
  // Together: another host may have purged it, and started a new one under the same id.
  const rows = await history.list(one(instanceKey(record.instanceId), STATE));
  const steps = [...rows, ...turnRows({ ...record, commits: 0 }, [])].map((remove) => ({ remove }));
  return !(await isStale(history.transact(steps)));
}

/** The row of a key, and those that continue it. */
function one(partitionKey: string, key: string): string {
  return odata`PartitionKey eq ${partitionKey} and RowKey ge ${key} and RowKey lt ${after(key)}`;
}

/** The rows of all commits from one number on. */
function turns(record: Readonly<InstanceRecord>, from: number): string {
  const [key, last] = [turnKey(record, from), turnKey(record, LAST_COMMIT)];
  return odata`PartitionKey eq ${instanceKey(record.instanceId)} and RowKey ge ${key} and RowKey lt ${after(last)}`;
}

async function isStale(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return false;
  } catch (error) {
    if (error instanceof StaleWrite) {
      return true;
    }
    throw error;
  }
}

/** Characters of text that a step writes. */
function textIn(step: Write): number {
  const row = 'insert' in step ? step.insert : 'upsert' in step ? step.upsert : undefined;
  return Object.values(row?.properties ?? {}).reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? one.length : 0),
    0,
  );
}

/** Rejects with a TooLargeError when the steps do not fit into one transaction. */
async function transact(table: Table, steps: readonly Write[]): Promise<void> {
  const characters = steps.reduce((sum, step) => sum + textIn(step), 0);
  // What is far below the limit, as nearly all is, is not made into text twice.
  const isSmall = characters * mostBytes < TRANSACTION_LIMIT;
  const bytes = isSmall ? characters : Buffer.byteLength(JSON.stringify(steps));
  if (bytes > TRANSACTION_LIMIT || steps.length > transactionLimit) {
    throw new TooLargeError(bytes);
  }
  await table.transact(steps);
}
