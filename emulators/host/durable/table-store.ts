import { odata } from '@azure/data-tables';
import type { Storage } from '#platform/storage/connect';
import { StaleWrite } from '#platform/storage/stale-write';
import { type NewRow, transactionLimit, type Write } from '#platform/storage/table';
import { gatedTable, type HubTable } from './gated-table.ts';
import type { HistoryEvent } from './protocol.ts';
import type { InstanceRecord } from './record.ts';
import { Slots } from './slots.ts';
import type { DurableStore, Tenure } from './store.ts';
import { tableControl } from './table-control.ts';
import { tableIndex } from './table-index.ts';
import { instanceKey, type KeyRange, ownerKey, STATE, turnKey, turnRange } from './table-keys.ts';
import { groupPages, pageCount, pageKey, refuseTooLarge, textOf, textRows } from './text-rows.ts';

/** Requests at the same time: for instances, and for messages and hosts, whose signs of life must not wait behind turns. */
const PARALLEL_REQUESTS = 16;
const PARALLEL_CONTROL_REQUESTS = 8;
/** How often a record of several rows is read again when a commit came between its pages. */
const READ_ATTEMPTS = 10;

/**
 * The task hub in Table Storage, in the tables `<hub>Instances`, `<hub>History` and `<hub>Control`.
 *
 * A turn is one entity group transaction: the instance's record, its new events, and the owner's row, which must still be there.
 * Who takes an instance over replaces that row by one of his own, so a commit of the owner before fails as a whole.
 */
export function createTableStore(storage: Storage, hub: string): DurableStore {
  const slots = new Slots(PARALLEL_REQUESTS);
  const instances = gatedTable(storage.table(`${hub}Instances`), slots);
  const history = gatedTable(storage.table(`${hub}History`), slots);
  const control = gatedTable(storage.table(`${hub}Control`), new Slots(PARALLEL_CONTROL_REQUESTS));
  const index = tableIndex(instances);
  return {
    async open() {
      await Promise.all([instances, history, control].map((table) => table.ensure()));
    },
    async create(record, hostId) {
      const { instanceId, createdTime } = record;
      const rows = [...stateRows(record), ownerRow(record, { hostId, number: 1 })];
      refuseTooLarge(rows);
      // Listed before it exists: an instance that is not listed would not be found after a crash.
      await index.index({ instanceId, createdTime, finalStatus: undefined, hostId });
      const created = await succeeds(history.transact(rows.map((insert) => ({ insert }))));
      return created ? { hostId, number: 1 } : undefined;
    },
    read: (instanceId) => readRecord(history, instanceId),
    async commit({ record, events }, tenure) {
      const turn = textRows(
        instanceKey(record.instanceId),
        turnKey(record, record.commits),
        JSON.stringify(events),
      );
      const state = stateRows(record);
      refuseTooLarge([...turn, ...state]);
      await history.transact([
        { replace: ownerRow(record, tenure), etag: '*' },
        // Inserted, so that a commit that was given up, and arrives late, cannot undo a later one.
        ...turn.map((insert) => ({ insert })),
        ...state.map((upsert) => ({ upsert })),
      ]);
    },
    history: (record) => readHistory(history, record),
    tenure: (record) => findTenure(history, record),
    takeOver(record, from, hostId) {
      const next = { hostId, number: from.number + 1 };
      const remove = {
        partitionKey: instanceKey(record.instanceId),
        rowKey: ownerKey(record, from.number),
      };
      return succeeds(history.transact([{ remove }, { insert: ownerRow(record, next) }]));
    },
    async dropOldHistory(record) {
      const old = turnRange(record, 1, record.firstCommit - 1);
      await removeAll(history, await rowKeys(history, record.instanceId, old), record.instanceId);
    },
    purge: (record) => purge(history, record),
    ...index,
    ...tableControl(control),
  };
}

function stateRows(record: Readonly<InstanceRecord>): NewRow[] {
  const version = record.commits;
  return textRows(instanceKey(record.instanceId), STATE, JSON.stringify(record), { version });
}

function ownerRow(record: Readonly<InstanceRecord>, { hostId, number }: Tenure): NewRow {
  return {
    partitionKey: instanceKey(record.instanceId),
    rowKey: ownerKey(record, number),
    properties: { hostId },
  };
}

/** False when a row was there already, or was not there any more. */
async function succeeds(transaction: Promise<void>): Promise<boolean> {
  try {
    await transaction;
    return true;
  } catch (error) {
    if (error instanceof StaleWrite) {
      return false;
    }
    throw error;
  }
}

async function readRecord(history: HubTable, instanceId: string): Promise<InstanceRecord | undefined> {
  const key = instanceKey(instanceId);
  for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt += 1) {
    const first = await history.get(key, STATE);
    if (!first) {
      return undefined;
    }
    const rest = Array.from({ length: pageCount(first) - 1 }, (_, index) =>
      history.get(key, pageKey(STATE, index + 1)),
    );
    const pages = (await Promise.all(rest)).filter((row) => row !== undefined);
    const text = textOf([first, ...pages]);
    if (text !== undefined) {
      return JSON.parse(text);
    }
  }
  throw new Error(`The record of instance '${instanceId}' changes faster than it can be read.`);
}

async function readHistory(history: HubTable, record: Readonly<InstanceRecord>): Promise<HistoryEvent[]> {
  if (record.commits < record.firstCommit) {
    return [];
  }
  const { from, below } = turnRange(record, record.firstCommit, record.commits);
  const rows = await history.list(
    odata`PartitionKey eq ${instanceKey(record.instanceId)} and RowKey ge ${from} and RowKey lt ${below}`,
  );
  return groupPages(rows).flatMap((pages) => JSON.parse(textOf(pages) ?? '[]') as HistoryEvent[]);
}

/** From the one owner row of this incarnation. */
async function findTenure(history: HubTable, record: Readonly<InstanceRecord>): Promise<Tenure | undefined> {
  const from = ownerKey(record, 0);
  const below = `${ownerKey(record, 999_999_999)};`;
  const [row] = await history.list(
    odata`PartitionKey eq ${instanceKey(record.instanceId)} and RowKey ge ${from} and RowKey lt ${below}`,
  );
  return row && { hostId: String(row.properties.hostId), number: Number(row.rowKey.split(':').at(-1)) };
}

async function purge(history: HubTable, record: Readonly<InstanceRecord>): Promise<boolean> {
  const { instanceId, incarnation } = record;
  const keys = await rowKeys(history, instanceId);
  await removeAll(
    history,
    keys.filter((key) => key.startsWith(`turn:${incarnation}:`)),
    instanceId,
  );
  // Together, and with the owner's row: another host may have purged it, and started a new one under the same id.
  const rest = keys.filter((key) => key.startsWith(STATE) || key.startsWith(`owner:${incarnation}:`));
  if (!rest.some((key) => key.startsWith('owner:'))) {
    return false;
  }
  return succeeds(history.transact(removals(instanceId, rest)));
}

async function rowKeys(history: HubTable, instanceId: string, range?: KeyRange): Promise<string[]> {
  const inPartition = odata`PartitionKey eq ${instanceKey(instanceId)}`;
  const filter = range
    ? `${inPartition} and ${odata`RowKey ge ${range.from} and RowKey lt ${range.below}`}`
    : inPartition;
  const keys: string[] = [];
  for await (const { rows } of history.pages({ filter, select: ['PartitionKey', 'RowKey'] })) {
    keys.push(...rows.map(({ rowKey }) => rowKey));
  }
  return keys;
}

async function removeAll(history: HubTable, keys: readonly string[], instanceId: string): Promise<void> {
  for (let from = 0; from < keys.length; from += transactionLimit) {
    await succeeds(history.transact(removals(instanceId, keys.slice(from, from + transactionLimit))));
  }
}

function removals(instanceId: string, keys: readonly string[]): Write[] {
  return keys.map((rowKey) => ({ remove: { partitionKey: instanceKey(instanceId), rowKey } }));
}
