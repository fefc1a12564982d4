import { type RowKeys, type Table, transactionLimit } from './table.ts';

/** Removes rows, which come in the order of their keys. One that is gone already was taken or removed by somebody else. */
export async function removeRows(rows: readonly RowKeys[], table: Table): Promise<void> {
  for (const batch of batches(rows)) {
    const steps = batch.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } }));
    await table.transactRepeatable(steps);
  }
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
