import { LeastRecentlyUsed } from '#platform/caching/lru';
import { kindOf } from '#platform/storage/keys';
import { type StoredRow, type Table, transactionLimit, type Write } from '#platform/storage/table';
import type { Customer, Subscription } from '../rules/model.ts';
import { accountFilter, accountRow, receiptRow, spendingRow } from './account-rows.ts';
import type { LookupStore } from './lookup-store.ts';
import { accountRecords, receipt, spending } from './records.ts';
import { type Listed, listedOf, type PlansOf, plansIn } from './search/listed.ts';
import type { RecordOf } from './search/reindex.ts';
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

/** Subscriptions of which it is known what plan they had when they were read. */
const keptPlans = 10_000;

type AccountRows = { readonly [Part in AccountPart]: Row<AccountRecords[Part]>[] };

/** Customers' records in the Accounts table: one partition per customer, so one transaction can change any of them. */
export function accountStore(
  table: Table,
  lookup: LookupStore,
  index: Pick<SearchIndex, 'changing'>,
): AccountStore {
  /** As they were read: whoever writes such a one changes nothing by which customers are found. */
  const unchanged = new WeakSet<Customer>();
  /** By the state of a subscription that was read: its plan. Whoever writes another one changes by what the customer is found. */
  const plansRead = new LeastRecentlyUsed<string, number>(keptPlans);

  /** By what the customer is to be found from now on, where a transaction changes that. */
  function findableIn(customerId: number, changes: readonly Change[]): Listed | PlansOf | undefined {
    const profile = changes
      .map(profileIn)
      .find((one) => one?.customer_id === customerId && !unchanged.has(one));
    if (profile !== undefined) {
      return listedOf(profile);
    }
    const moved = changes
      .flatMap(subscriptionIn)
      .filter(({ value, etag }) => plansRead.get(stateOf(value, etag)) !== value.product_id);
    return moved.length === 0
      ? undefined
      : { customer_id: customerId, plans: plansIn(moved.map(({ value }) => value)) };
  }

  return {
    async load(customerId, parts, idempotencyKey, spender) {
      const filter = accountFilter(customerId, parts, idempotencyKey, spender);
      const account = toAccount(customerId, await table.list(filter));
      for (const { value } of account.profile) {
        unchanged.add(value);
      }
      for (const { value, etag } of account.subscription) {
        plansRead.set(stateOf(value, etag), value.product_id);
      }
      return account;
    },
    async commit(customerId, changes) {
      if (changes.length < 1 || changes.length > transactionLimit) {
        throw new RangeError(`A transaction has 1 to ${transactionLimit} changes; got ${changes.length}.`);
      }
      const commit = () => table.transact(changes.map((change) => toWrite(customerId, change)));
      const findable = findableIn(customerId, changes);
      await (findable === undefined ? commit() : index.changing(findable, commit));
    },
    ownerOfSubscription: (subscriptionId) => lookup.owner('subscription', subscriptionId),
    ownerOfInvoice: (invoiceId) => lookup.owner('invoice', invoiceId),
  };
}

/** What the directory lists of a customer, from the records. One round trip. */
export function recordsToList(table: Table): RecordOf {
  return async (customerId) => {
    const rows = await table.list(accountFilter(customerId, ['profile', 'subscription'], undefined));
    const { profile, subscription } = toAccount(customerId, rows);
    const [found] = profile;
    return (
      found &&
      listedOf(
        found.value,
        subscription.map(({ value }) => value),
      )
    );
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

/** The subscription that a change writes, and the state that it was read in; none for a new one. */
function subscriptionIn(change: Change): { readonly value: Subscription; readonly etag: string }[] {
  if ('insert' in change && change.insert === 'subscription') {
    return [{ value: change.value, etag: '' }];
  }
  return 'replace' in change && change.replace === 'subscription' ? [change] : [];
}

const stateOf = ({ subscription_id }: Subscription, etag: string) => `${subscription_id} ${etag}`;

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
