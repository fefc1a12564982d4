import { odata } from '@azure/data-tables';
import { decodeCursor, encodeCursor } from '#platform/storage/cursor';
import { paddedId } from '#platform/storage/keys';
import { type NewRow, pageLimit, type Table } from '#platform/storage/table';
import type { Customer, CustomerSummary } from '../rules/model.ts';
import { customerSummary } from './records.ts';
import type { DirectoryStore } from './tenant-store.ts';

const partition = 'customer';
/** Round trips of one call. */
const mostPages = 3;

/** One summary row per customer, in id order. */
export function directoryStore(table: Table): DirectoryStore {
  return {
    async page({ search, limit, cursor }) {
      const wanted = normalize(search ?? '');
      const after = cursor === undefined ? undefined : decodeCursor(cursor, wanted);
      // Without a search every row is wanted: one more than the limit tells whether there are others.
      const pageSize = wanted === '' ? Math.min(limit + 1, pageLimit) : pageLimit;
      return await scan(table.pages({ filter: rowsAfter(after), pageSize }), wanted, limit);
    },
  };
}

/** The row that lists a customer, who is found by phone as well: the number is searched, and not shown in lists. */
export function directoryRow(customer: CustomerSummary & Pick<Customer, 'phone'>): NewRow {
  return {
    partitionKey: partition,
    rowKey: paddedId(customer.customer_id),
    properties: { ...customerSummary.encode(customer), phone: customer.phone },
  };
}

function rowsAfter(after: number | undefined): string {
  const all = odata`PartitionKey eq ${partition}`;
  return after === undefined ? all : `${all} and ${odata`RowKey gt ${paddedId(after)}`}`;
}

/** Takes matches until the limit, the end of the list or the last allowed page. Table Storage itself cannot search inside a text. */
async function scan(
  pages: ReturnType<Table['pages']>,
  wanted: string,
  limit: number,
): ReturnType<DirectoryStore['page']> {
  const customers: CustomerSummary[] = [];
  let scannedPages = 0;
  let lastScanned = 0;
  for await (const { rows, more } of pages) {
    for (const row of rows) {
      const candidate = customerSummary.decode(row.properties);
      if (matches(candidate, wanted) || hasPhone(row.properties.phone, wanted)) {
        if (customers.length === limit) {
          return { customers, cursor: encodeCursor(lastScanned, wanted) };
        }
        customers.push(candidate);
      }
      lastScanned = candidate.customer_id;
    }
    scannedPages += 1;
    if (scannedPages === mostPages && more && lastScanned > 0) {
      return { customers, cursor: encodeCursor(lastScanned, wanted) };
    }
  }
  return { customers };
}

function matches(customer: CustomerSummary, wanted: string): boolean {
  const { customer_id, first_name, last_name, email } = customer;
  return wanted === '' || normalize(`${customer_id} ${first_name} ${last_name} ${email}`).includes(wanted);
}

/** A part of a number would find too many. */
const leastPhoneDigits = 9;

function hasPhone(phone: unknown, wanted: string): boolean {
  const digits = /^[+\d() .-]+$/.test(wanted) ? wanted.replace(/\D/g, '') : '';
  return (
    digits.length >= leastPhoneDigits &&
    typeof phone === 'string' &&
    phone.replace(/\D/g, '').endsWith(digits)
  );
}

/** The same text for the same letters, however they were typed. */
function normalize(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
