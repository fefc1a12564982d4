import { groupBy } from '#platform/group-by';
import { type NewRow, type RowKeys, type Table, transactionLimit } from '#platform/storage/table';

type Repeatable = { readonly upsert: NewRow } | { readonly remove: RowKeys };

/** Writes and removes rows, those of one partition together. May be repeated. */
export async function writeAll(table: Table, writes: readonly Repeatable[]): Promise<void> {
  const partitions = groupBy(writes, (one) => ('upsert' in one ? one.upsert : one.remove).partitionKey);
  for (const steps of partitions.values()) {
    for (let first = 0; first < steps.length; first += transactionLimit) {
      await table.transactRepeatable(steps.slice(first, first + transactionLimit));
    }
  }
}
