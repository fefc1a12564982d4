import { odata } from './odata.ts';
import { type RowKeys, type Table, transactionLimit } from './table.ts';

/**
 * Removes rows, which come in the order of their keys: one transaction for a hundred of a partition. One that is gone already
 * was taken or removed by somebody else.
 * @param enough no further transaction is begun once it has aborted
 * @returns how many
 */
export async function removeRows(
  rows: readonly RowKeys[],
  table: Table,
  enough?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (const batch of batches(rows)) {
    const steps = batch.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } }));
    await table.transactRepeatable(steps);
    removed += steps.length;
    if (enough?.aborted) {
      break;
    }
  }
  return removed;
}

/**
 * Removes the rows that a filter matches, a page at a time.
 * @param filter made with the `odata` tag
 * @param enough nothing further is begun once it has aborted; what is left waits for the next time
 * @returns how many
 */
export async function removeMatching(table: Table, filter: string, enough?: AbortSignal): Promise<number> {
  let removed = 0;
  for await (const { rows } of table.pages({ filter, select: ['PartitionKey', 'RowKey'] })) {
    removed += await removeRows(rows, table, enough);
    if (enough?.aborted) {
      break;
    }
  }
  return removed;
}

/**
 * Removes the rows whose `expiresAt` has passed, as {@link removeMatching} does.
 * @param before ISO 8601
 */
export async function removeExpired(table: Table, before: string, enough?: AbortSignal): Promise<number> {
  return await removeMatching(table, odata`expiresAt lt ${before}`, enough);
}

/** Those of one partition are neighbours. */
function* batches(rows: readonly RowKeys[]): Generator<RowKeys[]> {
  let batch: RowKeys[] = [];
  for (const row of rows) {
    const other = batch.at(0)?.partitionKey !== row.partitionKey;
    if (batch.length > 0 && (other || batch.length === transactionLimit)) {
      yield batch;
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) {
    yield batch;
  }
}
