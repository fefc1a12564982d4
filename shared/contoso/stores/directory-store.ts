import { cached } from '#platform/caching/cached';
import { Unavailable } from '#platform/errors';
import { decodePlace, encodeCursor } from '#platform/storage/cursor';
import { type NewRow, pageLimit, type Table } from '#platform/storage/table';
import type { Customer, CustomerSummary, Subscription } from '../rules/model.ts';
import { afterOf } from './search/by-id.ts';
import { customerRow, customersAfter } from './search/customer-row.ts';
import { changingIds, findIndexed, lookThrough, type Search } from './search/find.ts';
import { indexRows } from './search/index-rows.ts';
import { type IndexState, readIndexState } from './search/index-state.ts';
import { type Listed, listedCustomer, listedOf, shown } from './search/listed.ts';
import { wantedPlan } from './search/plan.ts';
import type { RecordOf } from './search/reindex.ts';
import { contains, normalize, wantedOf } from './search/wanted.ts';
import type { CatalogStore, DirectoryStore } from './tenant-store.ts';

/** Round trips of one call where there is no index yet. */
const mostPages = 3;
/** Milliseconds for which it is not asked again whether the index is complete by now. */
const incompleteFor = 60_000;
const notByPlan =
  'Customers cannot be found by plan yet: their index is being made, which takes an hour for each 50,000 of them. Search for something else, or try later.';

/**
 * One summary row per customer, in id order. Up to a thousand customers are looked through; of more, the
 * index finds those whose words begin as wanted.
 */
export function directoryStore(
  table: Table,
  recordOf: RecordOf,
  catalog: Pick<CatalogStore, 'products'>,
  now: () => Date,
): DirectoryStore {
  /** More than are looked through at once, which a directory that was once stays. */
  let isLarge = false;
  /** What the index has of everybody, which it keeps. */
  let indexed: Pick<IndexState, 'isComplete' | 'hasPlans'> = { isComplete: false, hasPlans: false };
  const askState = cached(() => readIndexState(table), incompleteFor, now);

  async function has(what: keyof typeof indexed): Promise<boolean> {
    if (!indexed[what]) {
      indexed = await askState();
    }
    return indexed[what];
  }

  async function find(search: Search): ReturnType<DirectoryStore['page']> {
    if (search.wanted.kind === 'plan' && !(await has('hasPlans'))) {
      throw new Unavailable(notByPlan);
    }
    if (!isLarge) {
      const everybody = table.pages({ filter: customersAfter(undefined), pageSize: pageLimit });
      const [{ value: first }, changing] = await Promise.all([everybody.next(), changingIds(table)]);
      if (first?.more !== true) {
        return await lookThrough(search, first?.rows ?? [], changing);
      }
      isLarge = true;
    }
    if (search.wanted.kind === 'plan' || (await has('isComplete'))) {
      return await findIndexed(search);
    }
    const filter = customersAfter(afterOf(search.place));
    return await scan(table.pages({ filter, pageSize: pageLimit }), search);
  }

  return {
    async page({ search = '', limit, cursor }) {
      const text = normalize(search);
      const place = cursor === undefined ? undefined : decodePlace(cursor, text);
      const wanted = (await wantedPlan(search, catalog.products)) ?? wantedOf(search);
      const asked: Search = { table, recordOf, wanted, search: text, limit, place };
      if (text !== '') {
        return await find(asked);
      }
      // Every row is wanted: one more than the limit tells whether there are others.
      const pageSize = Math.min(limit + 1, pageLimit);
      return await scan(table.pages({ filter: customersAfter(afterOf(place)), pageSize }), asked);
    },
  };
}

/**
 * All rows that a customer has in the directory: the one that lists them, and those by which they are found.
 * @param subscriptions all of theirs
 */
export function directoryRows(
  customer: Customer,
  subscriptions: readonly Pick<Subscription, 'product_id'>[],
): NewRow[] {
  const listed = listedOf(customer, subscriptions);
  return [customerRow(listed), ...indexRows(listed)];
}

/** The row that lists a customer, who is found by phone as well: the number is searched, and not shown in lists. */
export function directoryRow(
  customer: CustomerSummary & Pick<Customer, 'phone'>,
  subscriptions?: readonly Pick<Subscription, 'product_id'>[],
): NewRow {
  return customerRow(listedOf(customer, subscriptions));
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
