import { cached } from '#platform/caching/cached';
import { decodePlace, encodeCursor } from '#platform/storage/cursor';
import { type NewRow, pageLimit, type Table } from '#platform/storage/table';
import type { Customer, CustomerSummary } from '../rules/model.ts';
import { afterOf } from './search/by-id.ts';
import { customerRow, customersAfter } from './search/customer-row.ts';
import { changingIds, findIndexed, lookThrough, type Search } from './search/find.ts';
import { indexRows } from './search/index-rows.ts';
import { readIndexState } from './search/index-state.ts';
import { type Listed, listedCustomer, listedOf, shown } from './search/listed.ts';
import type { RecordOf } from './search/reindex.ts';
import { contains, normalize, wantedOf } from './search/wanted.ts';
import type { DirectoryStore } from './tenant-store.ts';

/** Round trips of one call where there is no index yet. */
const mostPages = 3;
/** Milliseconds for which it is not asked again whether the index is complete by now. */
const incompleteFor = 60_000;

/**
 * One summary row per customer, in id order. Up to a thousand customers are looked through; of more, the
 * index finds those whose words begin as wanted.
 */
export function directoryStore(table: Table, recordOf: RecordOf, now: () => Date): DirectoryStore {
  /** More than are looked through at once, which a directory that was once stays. */
  let isLarge = false;
  let isComplete = false;
  const askComplete = cached(async () => (await readIndexState(table)).isComplete, incompleteFor, now);

  async function find(search: Search): ReturnType<DirectoryStore['page']> {
    if (!isLarge) {
      const everybody = table.pages({ filter: customersAfter(undefined), pageSize: pageLimit });
      const [{ value: first }, changing] = await Promise.all([everybody.next(), changingIds(table)]);
      if (first?.more !== true) {
        return await lookThrough(search, first?.rows ?? [], changing);
      }
      isLarge = true;
    }
    isComplete ||= await askComplete();
    if (isComplete) {
      return await findIndexed(search);
    }
    const filter = customersAfter(afterOf(search.place));
    return await scan(table.pages({ filter, pageSize: pageLimit }), search);
  }

  return {
    async page({ search = '', limit, cursor }) {
      const text = normalize(search);
      const place = cursor === undefined ? undefined : decodePlace(cursor, text);
      const asked: Search = { table, recordOf, wanted: wantedOf(search), search: text, limit, place };
      if (text !== '') {
        return await find(asked);
      }
      // Every row is wanted: one more than the limit tells whether there are others.
      const pageSize = Math.min(limit + 1, pageLimit);
      return await scan(table.pages({ filter: customersAfter(afterOf(place)), pageSize }), asked);
    },
  };
}

/** All rows that a customer has in the directory: the one that lists them, and those by which they are found. */
export function directoryRows(customer: Customer): NewRow[] {
  const listed = listedOf(customer);
  return [customerRow(listed), ...indexRows(listed)];
}

/** The row that lists a customer, who is found by phone as well: the number is searched, and not shown in lists. */
export function directoryRow(customer: CustomerSummary & Pick<Customer, 'phone'>): NewRow {
  return customerRow(listedOf(customer));
}

/** Takes matches until the limit, the end of the list or the last allowed page. Table Storage itself cannot search inside a text. */
async function scan(
  pages: ReturnType<Table['pages']>,
  { wanted, search, limit }: Search,
): ReturnType<DirectoryStore['page']> {
  const customers: CustomerSummary[] = [];
  let scannedPages = 0;
  let lastScanned = 0;
  for await (const { rows, more } of pages) {
    for (const row of rows) {
      const candidate: Listed = listedCustomer.decode(row.properties);
      if (contains(candidate, wanted)) {
        if (customers.length === limit) {
          return { customers, cursor: encodeCursor(lastScanned, search) };
        }
        customers.push(shown(candidate));
      }
      lastScanned = candidate.customer_id;
    }
    scannedPages += 1;
    if (scannedPages === mostPages && more && lastScanned > 0) {
      return { customers, cursor: encodeCursor(lastScanned, search) };
    }
  }
  return { customers };
}
