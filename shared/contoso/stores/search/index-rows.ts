import { paddedId } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import type { NewRow, RowKeys } from '#platform/storage/table';
import { type Listed, listedCustomer, type PlansOf } from './listed.ts';
import { planTermsOf, type Term, termsOf } from './terms.ts';

/** Comes after every character that a key has. */
const afterAll = '~';

/**
 * The rows through which a customer is found, in the table of the directory. Each says all that a list shows; plans are in those of
 * plans alone, so that the others stay as they are when a plan changes.
 */
export function indexRows(customer: Listed): NewRow[] {
  const withPlans = listedCustomer.encode(customer);
  const withoutPlans = listedCustomer.encode({ ...customer, plans: null });
  return termsOf(customer).map((term) => ({
    ...keysOf(term, customer.customer_id),
    properties: term.kind === 'plan' ? withPlans : withoutPlans,
  }));
}

/** The rows by which a customer is found by plan. */
export function planRows(customer: Listed): NewRow[] {
  const properties = listedCustomer.encode(customer);
  return planKeys(customer).map((keys) => ({ ...keys, properties }));
}

/** Where a customer may be found as they were, or are to be. */
export function indexKeys(customer: Listed | PlansOf): RowKeys[] {
  const terms = 'email' in customer ? termsOf(customer) : planTermsOf(customer);
  return terms.map((term) => keysOf(term, customer.customer_id));
}

export function planKeys(customer: Listed | PlansOf): RowKeys[] {
  return planTermsOf(customer).map((term) => keysOf(term, customer.customer_id));
}

export function keysOf(term: Term, customerId: number): RowKeys {
  return { partitionKey: partitionOf(term), rowKey: `${inKey(term.text)}:${paddedId(customerId)}` };
}

/** The filter for the rows whose term begins so. @param after a row's key; what comes after it is wanted */
export function rowsOf(beginning: Term, after?: string): string {
  const first = inKey(beginning.text);
  const range = odata`PartitionKey eq ${partitionOf(beginning)} and RowKey lt ${`${first}${afterAll}`}`;
  return after === undefined
    ? `${range} and ${odata`RowKey ge ${first}`}`
    : `${range} and ${odata`RowKey gt ${after}`}`;
}

/** Whether a text can be the key of a row whose term begins so. */
export function isKeyOf(beginning: Term, key: string): boolean {
  return /^[0-9a-z_]{1,320}:\d{10}$/.test(key) && key.startsWith(inKey(beginning.text));
}

/** A partition for each first character: many enough to write to at the same time, few enough to load in whole transactions. */
function partitionOf({ kind, text }: Term): string {
  return `${kind}:${inKey(text.slice(0, 1))}`;
}

/** A text as keys can hold it: a text that begins another one does so here, too. */
function inKey(text: string): string {
  return text.replace(/[^0-9a-z]/g, (unit) => `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
