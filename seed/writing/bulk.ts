import { type DataTable, dataTables } from '#contoso/stores/tables';
import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { raiseCounter } from '#platform/storage/counters';
import { absentTableAs, type Origin, readMarker, writeMarker } from '#platform/storage/marker';
import { type RowKeys, type Table, transactionLimit, type Write } from '#platform/storage/table';
import { ensureTables, tableName } from '#platform/storage/tables';
import type { Dataset } from './dataset.ts';
import { rowsOfDataset } from './dataset-rows.ts';

export { type Marker, type Origin, readMarker } from '#platform/storage/marker';

/** Transactions under way at the same time. */
const parallelism = 16;

/** Tables that a dataset fills; Counters and Meta are about the data, not part of it. */
const filledTables = dataTables.filter((table) => table !== 'Counters' && table !== 'Meta');

/** One transaction that a loader has to send. */
interface Batch {
  readonly table: Table;
  readonly steps: readonly Write[];
}

/** Whether the tenant has no data at all. */
export async function isEmpty(storage: Storage, tenant: TenantId): Promise<boolean> {
  const found = await Promise.all(
    filledTables.map((name) => hasRows(storage.table(tableName(tenant, name)))),
  );
  return !found.includes(true);
}

/**
 * Writes a dataset into a tenant's tables, creating them first. May be repeated: the same rows are written over.
 * Rows that the dataset does not hold stay; `clearTenant` removes them.
 * @param onProgress called with the number of rows written so far and of all rows
 * @param origin when given, a marker says `loading` before the first row and `complete` after everything else
 */
export async function bulkWrite(
  storage: Storage,
  tenant: TenantId,
  dataset: Dataset,
  onProgress: (done: number, total: number) => void = () => {},
  origin?: Origin,
): Promise<void> {
  const batches = rowsOfDataset(dataset).flatMap(({ table, rows }) =>
    toBatches(storage.table(tableName(tenant, table)), rows, (row) => ({ upsert: row })),
  );
  await ensureTables(storage, tenant, dataTables);
  if (origin !== undefined) {
    await writeMarker(storage, tenant, { ...origin, state: 'loading' });
  }
  await send(batches, onProgress);
  await raiseCounters(storage.table(tableName(tenant, 'Counters')), dataset);
  if (origin !== undefined) {
    await writeMarker(storage, tenant, { ...origin, state: 'complete' });
  }
}

/**
 * Removes all data of a tenant. The tables stay, because Azure needs a while to free a table's name; so do the counters,
 * because an id that was given once is never given again.
 */
export async function clearTenant(storage: Storage, tenant: TenantId): Promise<void> {
  const marker = await readMarker(storage, tenant);
  if (marker !== undefined) {
    // An interrupted clearing must not look like complete data.
    await writeMarker(storage, tenant, { ...marker, state: 'loading' });
  }
  for (const name of filledTables) {
    await clearTable(storage, tenant, name);
  }
  await clearTable(storage, tenant, 'Meta');
}

async function hasRows(table: Table): Promise<boolean> {
  return await absentTableAs(false, async () => {
    for await (const { rows } of table.pages({ pageSize: 1 })) {
      if (rows.length > 0) {
        return true;
      }
    }
    return false;
  });
}

async function clearTable(storage: Storage, tenant: TenantId, name: DataTable): Promise<void> {
  const table = storage.table(tableName(tenant, name));
  const keys = await absentTableAs([], () => allKeys(table));
  await send(toBatches(table, keys, (row) => ({ remove: row })));
}

async function allKeys(table: Table): Promise<RowKeys[]> {
  const keys: RowKeys[] = [];
  for await (const { rows } of table.pages({ select: ['partitionKey', 'rowKey'] })) {
    keys.push(...rows.map(({ partitionKey, rowKey }) => ({ partitionKey, rowKey })));
  }
  return keys;
}

/** One step for each row; up to a hundred rows of the same partition make one transaction. */
function toBatches<Row extends RowKeys>(
  table: Table,
  rows: readonly Row[],
  toStep: (row: Row) => Write,
): Batch[] {
  const open = new Map<string, Write[]>();
  const batches: Batch[] = [];
  for (const row of rows) {
    let steps = open.get(row.partitionKey);
    if (steps === undefined || steps.length === transactionLimit) {
      steps = [];
      open.set(row.partitionKey, steps);
      batches.push({ table, steps });
    }
    steps.push(toStep(row));
  }
  return batches;
}

async function send(
  batches: readonly Batch[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const total = batches.reduce((rows, batch) => rows + batch.steps.length, 0);
  const waiting = each(batches);
  let done = 0;
  const sender = async () => {
    for (const batch of waiting) {
      await batch.table.transactRepeatable(batch.steps);
      done += batch.steps.length;
      onProgress(done, total);
    }
  };
  await Promise.all(Array.from({ length: parallelism }, sender));
}

/** One iterator for all senders. A generator, because the loop of a sender that fails then ends it for the others too. */
function* each<T>(items: readonly T[]): Generator<T, void, undefined> {
  yield* items;
}

async function raiseCounters(table: Table, dataset: Dataset): Promise<void> {
  const highest = (ids: readonly number[]) => ids.reduce((most, id) => Math.max(most, id), 0);
  await Promise.all([
    raiseCounter(table, 'payment', highest(dataset.payments.map((record) => record.payment_id))),
    raiseCounter(table, 'ticket', highest(dataset.tickets.map((record) => record.ticket_id))),
    raiseCounter(table, 'securityEvent', highest(dataset.securityEvents.map((record) => record.event_id))),
  ]);
}
