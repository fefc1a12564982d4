import { odata } from '@azure/data-tables';
import { type RowKeys, type Table, transactionLimit } from './table.ts';

/** Removes rows, which come in the order of their keys. One that is gone already was taken or removed by somebody else. */
export async function removeRows(rows: readonly RowKeys[], table: Table): Promise<void> {
  for (const batch of batches(rows)) {
    const steps = batch.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } }));
    await table.transactRepeatable(steps);
  }
}

/**
 * Removes the rows whose `expiresAt` has passed, a page at a time.
 * @param before ISO 8601
 * @param enough no further page is begun once it has aborted; what is left waits for the next time
 * @returns how many
 */
export async function removeExpired(table: Table, before: string, enough?: AbortSignal): Promise<number> {
  let removed = 0;
  for await (const { rows } of table.pages({ filter: odata`expiresAt lt ${before}` })) {
    await removeRows(rows, table);
    removed += rows.length;
    if (enough?.aborted) {
      break;
    }
  }
  return removed;
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
