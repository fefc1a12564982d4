import { eventKey, kindRange, paddedId, receiptKey, recordKey, spendingKey } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import type { NewRow } from '#platform/storage/table';
import { accountRecords, receipt, spending } from './records.ts';
import type { AccountPart, AccountRecords, Receipt, Spending } from './tenant-store.ts';

/** The kinds of rows in a customer's partition, in key order. */
const kindsInKeyOrder = [...Object.keys(accountRecords), 'receipt', 'spending'].sort();

const rowKeys: { readonly [Part in AccountPart]: (record: AccountRecords[Part]) => string } = {
  profile: (record) => recordKey('profile', record.customer_id),
  subscription: (record) => recordKey('subscription', record.subscription_id),
  invoice: (record) => recordKey('invoice', record.invoice_id),
  payment: (record) => recordKey('payment', record.payment_id),
  order: (record) => recordKey('order', record.order_id),
  ticket: (record) => recordKey('ticket', record.ticket_id),
  securityEvent: (record) => eventKey('securityEvent', record.event_time, record.event_id),
  incident: (record) => recordKey('incident', record.incident_id),
};

/** The row that holds a record of a customer. */
export function accountRow<Part extends AccountPart>(
  customerId: number,
  part: Part,
  record: AccountRecords[Part],
): NewRow {
  return {
    partitionKey: paddedId(customerId),
    rowKey: rowKeys[part](record),
    properties: accountRecords[part].encode(record),
  };
}

/** The row that holds the answer given under an idempotency key. */
export function receiptRow(customerId: number, value: Receipt): NewRow {
  return {
    partitionKey: paddedId(customerId),
    rowKey: receiptKey(value.key),
    properties: receipt.encode(value),
  };
}

/** The row that holds what a user paid without agreeing to it again. */
export function spendingRow(customerId: number, value: Spending): NewRow {
  return {
    partitionKey: paddedId(customerId),
    rowKey: spendingKey(value.spender),
    properties: spending.encode(value),
  };
}

/**
 * The filter for some kinds of one customer's records, one receipt and one user's spending. Kinds that are neighbours in
 * key order share a range: that keeps even the longest filter at 13 comparisons, and Table Storage allows 15.
 */
export function accountFilter(
  customerId: number,
  parts: readonly AccountPart[],
  idempotencyKey: string | undefined,
  spender?: string,
): string {
  const choices = neighbours(parts).map(({ first, last }) => {
    const { from, below } = kindRange(first, last);
    return odata`(RowKey ge ${from} and RowKey lt ${below})`;
  });
  if (idempotencyKey !== undefined) {
    choices.push(odata`RowKey eq ${receiptKey(idempotencyKey)}`);
  }
  if (spender !== undefined) {
    choices.push(odata`RowKey eq ${spendingKey(spender)}`);
  }
  if (choices.length === 0) {
    throw new RangeError('Name at least one part of the account to load.');
  }
  return `${odata`PartitionKey eq ${paddedId(customerId)}`} and (${choices.join(' or ')})`;
}

function neighbours(parts: readonly AccountPart[]): { first: string; last: string }[] {
  const asked = new Set<string>(parts);
  const runs: { first: string; last: string }[] = [];
  kindsInKeyOrder.forEach((kind, position) => {
    if (!asked.has(kind)) {
      return;
    }
    const run = runs.at(-1);
    if (run !== undefined && run.last === kindsInKeyOrder[position - 1]) {
      run.last = kind;
    } else {
      runs.push({ first: kind, last: kind });
    }
  });
  return runs;
}
