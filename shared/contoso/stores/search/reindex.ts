import { isDeepStrictEqual } from 'node:util';
import { retryStale } from '#platform/storage/retry';
import type { NewRow, RowKeys, StoredRow, Table } from '#platform/storage/table';
import { customerKeys, customerRow } from './customer-row.ts';
import { indexKeys, indexRows, planKeys, planRows } from './index-rows.ts';
import { type Listed, listedCustomer, type PlansOf } from './listed.ts';
import { writeAll } from './write-all.ts';

/** The customer as the record has them now; undefined when there is none. */
export type RecordOf = (customerId: number) => Promise<Listed | undefined>;

export interface Reindex {
  readonly table: Table;
  readonly recordOf: RecordOf;
  readonly customerId: number;
  /** What else may be in the index of this customer. */
  readonly others: readonly (Listed | PlansOf)[];
  /** Writes nothing when the directory says what the record says. */
  readonly onlyIfDifferent?: boolean;
  /** Leaves everything but plans as it is, which is a fraction of the rows. */
  readonly plansAlone?: boolean;
}

const attempts = 8;

/**
 * Makes the directory say of a customer what the record says. New rows are written first, then old ones removed, and last the
 * row that says what is in the index: whoever is interrupted leaves what the next one needs to know.
 */
export async function reindex(options: Reindex): Promise<void> {
  const { table, recordOf, customerId, others, onlyIfDifferent = false, plansAlone = false } = options;
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
    const known = [...perhapsThere, ...(before === undefined ? [] : [before])];
    if (now !== undefined) {
      // Somebody who is ahead of this may have to remove it again in the next attempt.
      perhapsThere.push(now);
    }
    if (plansAlone && before !== undefined && now !== undefined) {
      const [upserts, removals] = steps(planRows(now), known.flatMap(planKeys));
      await writeAll(table, [...upserts, ...removals]);
      await replaceListed(table, customerId, stored, { ...before, plans: now.plans });
      return;
    }
    const [upserts, removals] = steps(now === undefined ? [] : indexRows(now), known.flatMap(indexKeys));
    await writeAll(table, upserts);
    await writeAll(table, removals);
    await replaceListed(table, customerId, stored, now);
  });
}

/** What writes the rows that are wanted, and what removes the others that may be there. */
function steps(wanted: readonly NewRow[], there: readonly RowKeys[]) {
  const kept = new Set(wanted.map(nameOf));
  const leaving = new Map(
    there.filter((keys) => !kept.has(nameOf(keys))).map((keys) => [nameOf(keys), keys]),
  );
  return [
    wanted.map((row) => ({ upsert: row })),
    [...leaving.values()].map((keys) => ({ remove: keys })),
  ] as const;
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
