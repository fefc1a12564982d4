import { isDeepStrictEqual } from 'node:util';
import { StaleWrite } from '#platform/storage/stale-write';
import type { StoredRow, Table } from '#platform/storage/table';
import { customerRow } from './customer-row.ts';
import { indexRows } from './index-rows.ts';
import { type Listed, listedCustomer } from './listed.ts';
import { type RecordOf, reindex } from './reindex.ts';
import { writeAll } from './write-all.ts';

/** A customer as the directory lists them, and as the record has them. */
interface Pair {
  readonly stored: StoredRow;
  readonly record: Listed;
}

/**
 * Puts customers into the index who were listed before there was one, many in a transaction. Of whom more has changed since
 * than that their city and plans were not kept then, what is in the index is looked at one by one.
 * @param rows at most a hundred, which list customers
 */
export async function fillIndex(table: Table, recordOf: RecordOf, rows: readonly StoredRow[]): Promise<void> {
  const pairs: Pair[] = [];
  const apart: number[] = [];
  await Promise.all(
    rows.map(async (stored) => {
      const listed = listedCustomer.decode(stored.properties);
      const record = await recordOf(listed.customer_id);
      const plans = listed.plans ?? record?.plans;
      if (record !== undefined && isDeepStrictEqual({ ...listed, city: record.city, plans }, record)) {
        pairs.push({ stored, record });
      } else {
        apart.push(listed.customer_id);
      }
    }),
  );
  await writeAll(
    table,
    pairs.flatMap(({ record }) => indexRows(record)).map((row) => ({ upsert: row })),
  );
  apart.push(...(await listed(table, pairs)));
  for (const customerId of apart) {
    await reindex({ table, recordOf, customerId, others: [] });
  }
}

/** Says in the rows that list them what is in the index. @returns those of whom that is to be done one by one */
async function listed(table: Table, pairs: readonly Pair[]): Promise<number[]> {
  if (pairs.length === 0) {
    return [];
  }
  try {
    await table.transact(
      pairs.map(({ stored, record }) => ({ replace: customerRow(record), etag: stored.etag })),
    );
    return [];
  } catch (error) {
    if (error instanceof StaleWrite) {
      return pairs.map(({ record }) => record.customer_id);
    }
    throw error;
  }
}
