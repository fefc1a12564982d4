import { odata } from '@azure/data-tables';
import type { OpenTable } from './hub-storage.ts';
import type { HubTable, Row } from './hub-table.ts';
import type { HistoryEvent } from './protocol.ts';
import { finalStatusOf, type InstanceRecord } from './record.ts';
import { Slots } from './slots.ts';
import type { DurableStore, Tenure } from './store.ts';
import { tableControl } from './table-control.ts';
import { isStale } from './table-faults.ts';
import { instanceKey, ownerKey, STATE, turnKey, turnRange } from './table-keys.ts';
import { groupPages, jsonText, pageCount, pageKey, refuseTooLarge, textOf, textRows } from './text-rows.ts';

/**
 * Requests at the same time: for instances, and for messages and hosts, whose heartbeats must not wait behind turns.
 */
const PARALLEL_REQUESTS = 16;
const PARALLEL_CONTROL_REQUESTS = 8;
/** How often a record of several rows is read again when a commit came between its pages. */
const READ_ATTEMPTS = 10;

/**
 * The task hub in Table Storage, in the tables `<hub>History` and `<hub>Control`.
 *
 * A turn is one entity group transaction: the instance's record, its new events, and the owner's row, which must still be there.
 * Who takes an instance over replaces that row by one of his own, so a commit of the owner before fails as a whole.
 */
export function createTableStore(openTable: OpenTable, hub: string): DurableStore {
  const history = openTable(`${hub}History`, new Slots(PARALLEL_REQUESTS));
  const control = openTable(`${hub}Control`, new Slots(PARALLEL_CONTROL_REQUESTS));
  return {
    async open() {
      await Promise.all([history, control].map((table) => table.ensure()));
    },
    async create(record, hostId) {
      const rows = [...stateRows(record, hostId), ownerRow(record, { hostId, number: 1 })];
      refuseTooLarge(rows);
      const taken = await isStale(history.transact(rows.map((insert) => ({ insert }))));
      return taken ? undefined : { hostId, number: 1 };
    },
    read: (instanceId) => readRecord(history, instanceId),
    async commit({ record, events }, tenure) {
      const turn = textRows(
        instanceKey(record.instanceId),
        turnKey(record, record.commits),
        jsonText(events),
      );
      const state = stateRows(record, tenure.hostId);
      refuseTooLarge([...turn, ...state]);
      await history.transact([
        { replace: ownerRow(record, tenure) },
        // Inserted, so that a commit that was given up, and arrives late, cannot undo a later one.
        ...turn.map((insert) => ({ insert })),
        ...state.map((upsert) => ({ upsert })),
      ]);
    },
    history: (record) => readHistory(history, record),
    tenure: (record) => findTenure(history, record),
    async takeOver(record, from, hostId) {
      const next = { hostId, number: from.number + 1 };
      const remove = {
        partitionKey: instanceKey(record.instanceId),
        rowKey: ownerKey(record, from.number),
      };
      return !(await isStale(history.transact([{ remove }, { insert: ownerRow(record, next) }])));
    },
    purge: (record) => purge(history, record),
    async list(which) {
      const unfinished = which === 'all' ? '' : odata` and finalStatus eq ${''}`;
      const rows = await history.list(`${odata`RowKey eq ${STATE}`}${unfinished}`, ['instance', 'hostId']);
      return rows.map(({ properties: { instance = '', hostId = '' } }) => ({
        instanceId: decodeURIComponent(instance),
        hostId,
      }));
    },
    ...tableControl(control),
  };
}

/** The record, with what lists need beside it. @param hostId who stores it */
function stateRows(record: Readonly<InstanceRecord>, hostId: string): Row[] {
  const { instanceId, commits: version } = record;
  const extra = {
    instance: encodeURIComponent(instanceId),
    finalStatus: finalStatusOf(record) ?? '',
    hostId,
  };
  return textRows(instanceKey(instanceId), STATE, jsonText(record), { version, extra });
}

function ownerRow(record: Readonly<InstanceRecord>, { hostId, number }: Tenure): Row {
  return {
    partitionKey: instanceKey(record.instanceId),
    rowKey: ownerKey(record, number),
    properties: { hostId },
  };
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
  const { from, below } = turnRange(record);
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
  const { incarnation } = record;
  const partitionKey = instanceKey(record.instanceId);
  const keys = (await history.list(odata`PartitionKey eq ${partitionKey}`, [])).map(({ rowKey }) => rowKey);
  await history.remove(
    partitionKey,
    keys.filter((key) => key.startsWith(`turn:${incarnation}:`)),
  );
  // Together, and with the owner's row: another host may have purged it, and started a new one under the same id.
  const rest = keys.filter((key) => key.startsWith(STATE) || key.startsWith(`owner:${incarnation}:`));
  if (!rest.some((key) => key.startsWith('owner:'))) {
    return false;
  }
  return !(await isStale(history.transact(rest.map((rowKey) => ({ remove: { partitionKey, rowKey } })))));
}
