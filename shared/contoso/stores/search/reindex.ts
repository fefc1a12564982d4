import { isDeepStrictEqual } from 'node:util';
import { retryStale } from '#platform/storage/retry';
import type { RowKeys, StoredRow, Table } from '#platform/storage/table';
import { customerKeys, customerRow } from './customer-row.ts';
import { indexRows } from './index-rows.ts';
import { type Listed, listedCustomer } from './listed.ts';
import { writeAll } from './write-all.ts';

/** The customer as the record has them now; undefined when there is none. */
export type RecordOf = (customerId: number) => Promise<Listed | undefined>;

export interface Reindex {
  readonly table: Table;
  readonly recordOf: RecordOf;
  readonly customerId: number;
  /** What else may be in the index of this customer. */
  readonly others: readonly Listed[];
  /** Writes nothing when the directory says what the record says. */
  readonly onlyIfDifferent?: boolean;
}

const attempts = 8;

/**
 * Makes the directory say of a customer what the record says. New rows are written first, then old ones removed, and last the
 * row that says what is in the index: whoever is interrupted leaves what the next one needs to know.
 */
export async function reindex(options: Reindex): Promise<void> {
  const { table, recordOf, customerId, others, onlyIfDifferent = false } = options;
  const perhapsThere = [...others];
  await retryStale(attempts, async () => {
    // The directory first: what is read of the record is then at least as new as what the directory says.
    const { partitionKey, rowKey } = customerKeys(customerId);
    const stored = await table.get(partitionKey, rowKey);
    const before = stored === undefined ? undefined : listedCustomer.decode(stored.properties);
    const now = await recordOf(customerId);
    if (onlyIfDifferent && isDeepStrictEqual(before, now)) {
      return;
    }
    const wanted = now === undefined ? [] : indexRows(now);
    const there = [...perhapsThere, ...(before === undefined ? [] : [before])].flatMap(indexRows);
    if (now !== undefined) {
      // Somebody who is ahead of this may have to remove it again in the next attempt.
      perhapsThere.push(now);
    }
    await writeAll(
      table,
      wanted.map((row) => ({ upsert: row })),
    );
    const kept = new Set(wanted.map(nameOf));
    const leaving = new Map(there.filter((row) => !kept.has(nameOf(row))).map((row) => [nameOf(row), row]));
    await writeAll(
      table,
      [...leaving.values()].map((row) => ({
        remove: { partitionKey: row.partitionKey, rowKey: row.rowKey },
      })),
    );
    await replaceListed(table, customerId, stored, now);
  });
}

const nameOf = ({ partitionKey, rowKey }: RowKeys) => `${partitionKey} ${rowKey}`;

async function replaceListed(
  table: Table,
  customerId: number,
  stored: StoredRow | undefined,
  now: Listed | undefined,
): Promise<void> {
  if (now === undefined) {
    await table.transactRepeatable([{ remove: customerKeys(customerId) }]);
  } else {
    const row = customerRow(now);
    await table.transact([stored === undefined ? { insert: row } : { replace: row, etag: stored.etag }]);
  }
}
