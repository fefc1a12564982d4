import { kindOf } from '#platform/storage/keys';
import { type StoredRow, type Table, transactionLimit, type Write } from '#platform/storage/table';
import type { Customer } from '../rules/model.ts';
import { accountFilter, accountRow, receiptRow, spendingRow } from './account-rows.ts';
import type { LookupStore } from './lookup-store.ts';
import { accountRecords, receipt, spending } from './records.ts';
import { listedOf } from './search/listed.ts';
import type { SearchIndex } from './search/search-index.ts';
import type {
  Account,
  AccountPart,
  AccountRecords,
  AccountStore,
  Change,
  Receipt,
  Row,
  Spending,
} from './tenant-store.ts';

type AccountRows = { readonly [Part in AccountPart]: Row<AccountRecords[Part]>[] };

/** Customers' records in the Accounts table: one partition per customer, so one transaction can change any of them. */
export function accountStore(
  table: Table,
  lookup: LookupStore,
  index: Pick<SearchIndex, 'changing'>,
): AccountStore {
  /** As they were read: whoever writes such a one changes nothing by which customers are found. */
  const unchanged = new WeakSet<Customer>();
  return {
    async load(customerId, parts, idempotencyKey, spender) {
      const filter = accountFilter(customerId, parts, idempotencyKey, spender);
      const account = toAccount(customerId, await table.list(filter));
      for (const { value } of account.profile) {
        unchanged.add(value);
      }
      return account;
    },
    async commit(customerId, changes) {
      if (changes.length < 1 || changes.length > transactionLimit) {
        throw new RangeError(`A transaction has 1 to ${transactionLimit} changes; got ${changes.length}.`);
      }
      const commit = () => table.transact(changes.map((change) => toWrite(customerId, change)));
      const profile = changes
        .map(profileIn)
        .find((one) => one?.customer_id === customerId && !unchanged.has(one));
      await (profile === undefined ? commit() : index.changing(listedOf(profile), commit));
    },
    ownerOfSubscription: (subscriptionId) => lookup.owner('subscription', subscriptionId),
    ownerOfInvoice: (invoiceId) => lookup.owner('invoice', invoiceId),
  };
}

function toAccount(customerId: number, stored: readonly StoredRow[]): Account {
  const rows: AccountRows = {
    profile: [],
    subscription: [],
    invoice: [],
    payment: [],
    order: [],
    ticket: [],
    securityEvent: [],
    incident: [],
  };
  let found: Receipt | undefined;
  let spent: Row<Spending> | undefined;
  for (const row of stored) {
    const kind = kindOf(row.rowKey);
    if (isPart(kind)) {
      addRow(rows, kind, row);
    } else if (kind === 'receipt') {
      found = receipt.decode(row.properties);
    } else if (kind === 'spending') {
      spent = { value: spending.decode(row.properties), etag: row.etag };
    }
  }
  return { customerId, receipt: found, spending: spent, ...rows };
}

/** The profile that a change writes. */
function profileIn(change: Change): Customer | undefined {
  const isInsert = 'insert' in change && change.insert === 'profile';
  const isReplace = 'replace' in change && change.replace === 'profile';
  return isInsert || isReplace ? change.value : undefined;
}

function isPart(kind: string): kind is AccountPart {
  return Object.hasOwn(accountRecords, kind);
}

function addRow<Part extends AccountPart>(
  rows: AccountRows,
  part: Part,
  { etag, properties }: StoredRow,
): void {
  const value = accountRecords[part].decode(properties);
  rows[part].push({ value, etag });
}

function toWrite(customerId: number, change: Change): Write {
  if ('receipt' in change) {
    return { insert: receiptRow(customerId, change.receipt) };
  }
  if ('spending' in change) {
    const row = spendingRow(customerId, change.spending);
    return change.etag === undefined ? { insert: row } : { replace: row, etag: change.etag };
  }
  return 'insert' in change
    ? { insert: accountRow(customerId, change.insert, change.value) }
    : { replace: accountRow(customerId, change.replace, change.value), etag: change.etag };
}
