import { headPartition } from '#platform/storage/audit-head-store';
import { pagesOf } from '#platform/storage/partitions';
import type { StoredRow, Table } from '#platform/storage/table';

/** Row key of the last head that a trail has; empty when it has none. */
export async function lastHeadOf(table: Pick<Table, 'list'>): Promise<string> {
  const heads = await table.list(`PartitionKey eq '${headPartition}'`);
  return heads.at(-1)?.rowKey ?? '';
}

/**
 * The rows of a trail, which goes on while it is read. The heads come last, so one that was made meanwhile may name rows that
 * were not there yet when their day was read: such heads are left out.
 * @param from key of the first partition that is wanted
 * @param lastHead row key of the last head that is wanted, read before any row was
 */
export async function* auditRows(
  table: Pick<Table, 'pages'>,
  from: string,
  lastHead: string,
): AsyncGenerator<readonly StoredRow[], void, undefined> {
  for await (const rows of pagesOf(table, from)) {
    yield rows.filter(({ partitionKey, rowKey }) => partitionKey !== headPartition || rowKey <= lastHead);
  }
}
