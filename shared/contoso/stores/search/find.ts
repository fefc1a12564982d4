import { encodeKeyCursor } from '#platform/storage/cursor';
import type { Page, StoredRow, Table } from '#platform/storage/table';
import { byId, type Found, inIdOrder, lostPlace, type Part } from './by-id.ts';
import { readMarks } from './changing.ts';
import { isKeyOf, keysOf, rowsOf } from './index-rows.ts';
import { type Listed, listedCustomer, shown } from './listed.ts';
import type { RecordOf } from './reindex.ts';
import { beginningsOf, begins, type Term, termsOf } from './terms.ts';
import { contains, type Wanted } from './wanted.ts';

export interface Search extends Part {
  readonly table: Table;
  readonly recordOf: RecordOf;
  readonly wanted: Wanted;
}

/** Rows that are read at most. As many matches are put in the order of ids; more come in the order of what they are found by. */
const mostRows = 400;

/**
 * Finds customers by the beginning of a word, in two round trips however many there are: what the index has, and which records
 * are changing. Of a customer whose record is changing, the record decides, which takes one more; so does a number
 * of nine or ten digits, which can be a phone and an id.
 */
export async function findIndexed(search: Search): Promise<Found> {
  const { table, place, wanted, recordOf, limit } = search;
  const [first, ...more] = beginningsOf(wanted);
  const key = place !== undefined && 'key' in place ? place.key : undefined;
  if (key !== undefined && !isKeyOf(first, key)) {
    throw lostPlace();
  }
  const [changing, page, ...others] = await Promise.all([
    changingIds(table),
    pageOf(table, first, key === undefined ? mostRows : Math.min(mostRows, 2 * limit), key),
    ...more.map((beginning) => pageOf(table, beginning, mostRows)),
  ]);
  const found =
    key === undefined && !page.more
      ? byId(matching([page, ...others], wanted), search)
      : byKey(search, first, page);
  const customers = await asRecorded(found.customers, changing, recordOf);
  return { ...found, customers: customers.filter((one) => begins(one, wanted)).map(shown) };
}

/** Finds customers by any part of their text, among rows that are all there are. @param changing whose records decide */
export async function lookThrough(
  { wanted, recordOf, ...part }: Search,
  rows: readonly StoredRow[],
  changing: ReadonlySet<number>,
): Promise<Found> {
  const listed = rows.map(({ properties }) => listedCustomer.decode(properties));
  const customers = await asRecorded(listed, changing, recordOf);
  const found = byId(
    customers.filter((one) => contains(one, wanted)),
    part,
  );
  return { ...found, customers: found.customers.map(shown) };
}

/** Whose records are changing. One round trip. */
export async function changingIds(table: Table): Promise<ReadonlySet<number>> {
  return new Set((await readMarks(table)).map(({ value }) => value.customer_id));
}

async function pageOf(table: Table, beginning: Term, pageSize: number, after?: string): Promise<Page> {
  const { value } = await table.pages({ filter: rowsOf(beginning, after), pageSize }).next();
  return value ?? { rows: [], more: false };
}

/** Everybody once, however many rows lead there. */
function matching(pages: readonly Page[], wanted: Wanted): Listed[] {
  const found = new Map<number, Listed>();
  for (const { properties } of pages.flatMap(({ rows }) => rows)) {
    const customer = listedCustomer.decode(properties);
    if (begins(customer, wanted)) {
      found.set(customer.customer_id, customer);
    }
  }
  return [...found.values()];
}

/** There is more than is read at once: pages go by the keys of the index, and each is in the order of ids. */
function byKey(
  { wanted, limit, place, search }: Search,
  beginning: Term,
  { rows, more }: Page,
): Found<Listed> {
  if (place !== undefined && 'after' in place) {
    throw lostPlace();
  }
  const customers: Listed[] = [];
  let taken = 0;
  while (customers.length < limit && taken < rows.length) {
    const row = rows[taken] as StoredRow;
    const customer = listedCustomer.decode(row.properties);
    if (begins(customer, wanted) && isFirstOf(row, customer, beginning)) {
      customers.push(customer);
    }
    taken += 1;
  }
  const last = rows[taken - 1];
  const isCut = last !== undefined && (more || taken < rows.length);
  customers.sort(inIdOrder);
  return isCut ? { customers, cursor: encodeKeyCursor(last.rowKey, search) } : { customers };
}

/** Whoever is found by several words is shown for the first of them only. */
function isFirstOf({ rowKey }: StoredRow, customer: Listed, beginning: Term): boolean {
  return termsOf(customer)
    .filter(({ kind, text }) => kind === beginning.kind && text.startsWith(beginning.text))
    .every((term) => keysOf(term, customer.customer_id).rowKey >= rowKey);
}

/** Of those who are changing, what the record says; whoever has none is left out. */
async function asRecorded(
  customers: readonly Listed[],
  changing: ReadonlySet<number>,
  recordOf: RecordOf,
): Promise<Listed[]> {
  const now = await Promise.all(
    customers.map((one) => (changing.has(one.customer_id) ? recordOf(one.customer_id) : one)),
  );
  return now.filter((one) => one !== undefined);
}
