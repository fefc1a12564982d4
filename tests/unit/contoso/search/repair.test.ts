import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type MemoryStorage, memoryStorage } from '#bench/growth/memory/storage';
import type { Customer, Subscription } from '#contoso/rules/model';
import { accountRow } from '#contoso/stores/account-rows';
import { directoryRow, directoryRows } from '#contoso/stores/directory-store';
import { openTenantStore, type WarmableTenantStore } from '#contoso/stores/open-tenant-store';
import { complete, indexStateRow } from '#contoso/stores/search/index-state';
import { Unavailable } from '#platform/errors';
import { tenantId } from '#platform/identity/tenant';
import { StaleWrite } from '#platform/storage/stale-write';
import type { NewRow, RowKeys } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import { aCustomer, aSubscription } from '../../../support/small-records.ts';

const tenant = tenantId('repaired');
const never = new AbortController().signal;
const old = 'ada.stone@example.com';
const later = 'ada.marsh@example.com';
const ben = aCustomer({ customer_id: 2, email: 'ben@example.com', first_name: 'Ben' });
/** Customer 1 has two plans, customer 2 one. */
const held = [
  aSubscription(),
  aSubscription({ subscription_id: 12, product_id: 4 }),
  aSubscription({ subscription_id: 21, customer_id: 2, product_id: 2 }),
];

let storage: MemoryStorage;
let store: WarmableTenantStore;
let time: number;

const table = (name: string) => storage.table(tableName(tenant, name));

function put(name: string, { partitionKey, rowKey, properties }: NewRow): void {
  storage.client(tableName(tenant, name)).partition(partitionKey).set(rowKey, { etag: '0', properties });
}

async function change(id: number, fields: Partial<Customer>): Promise<void> {
  const { profile } = await store.accounts.load(id, ['profile']);
  for (const { value, etag } of profile) {
    await store.accounts.commit(id, [{ replace: 'profile', value: { ...value, ...fields }, etag }]);
  }
}

/** Gives the first subscription of a customer another plan. */
async function changePlan(id: number, product_id: number): Promise<void> {
  const [row] = (await store.accounts.load(id, ['subscription'])).subscription;
  if (row !== undefined) {
    const { value, etag } = row;
    await store.accounts.commit(id, [{ replace: 'subscription', value: { ...value, product_id }, etag }]);
  }
}

async function found(search: string): Promise<number[]> {
  const { customers } = await store.directory.page({ search, limit: 50 });
  return customers.map(({ customer_id }) => customer_id);
}

/** Whatever is written to the directory fails from the write of that number on, as when the process ends there. */
function endsAtWrite(number: number): () => void {
  const client = storage.client(tableName(tenant, 'Directory'));
  const write = client.submitTransaction.bind(client);
  let writes = 0;
  client.submitTransaction = async (actions) => {
    writes += 1;
    if (writes >= number) {
      throw new Error('The process ended here.');
    }
    await write(actions);
  };
  return () => {
    client.submitTransaction = write;
  };
}

/** An hour later, in another process. */
async function sweep(): Promise<void> {
  time += 3_600_000;
  store = openTenantStore(storage, tenant, () => new Date(time));
  await store.tidy(never);
}

async function keysInDirectory(): Promise<string[]> {
  const rows = await table('Directory').list('');
  return rows.map(keyOf).filter((key) => !key.startsWith('index '));
}

const keyOf = ({ partitionKey, rowKey }: RowKeys) => `${partitionKey} ${rowKey}`;
const keysOf = (customers: readonly Customer[], subscriptions: readonly Subscription[] = held) =>
  customers
    .flatMap((customer) =>
      directoryRows(
        customer,
        subscriptions.filter(({ customer_id }) => customer_id === customer.customer_id),
      ),
    )
    .map(keyOf)
    .toSorted();

beforeEach(() => {
  storage = memoryStorage();
  time = Date.parse('2026-01-15T12:00:00Z');
  store = openTenantStore(storage, tenant, () => new Date(time));
  for (const customer of [aCustomer(), ben]) {
    put('Accounts', accountRow(customer.customer_id, 'profile', customer));
    const theirs = held.filter(({ customer_id }) => customer_id === customer.customer_id);
    for (const one of theirs) {
      put('Accounts', accountRow(customer.customer_id, 'subscription', one));
    }
    for (const row of directoryRows(customer, theirs)) {
      put('Directory', row);
    }
  }
  put('Directory', indexStateRow(complete));
});

describe('a change of a customer', () => {
  test('is found at once, and what was is not', async () => {
    await change(1, { last_name: 'Marsh', email: later, address: '2 High Street, Shelbyville, IL 62565' });
    expect(await found(later)).toEqual([1]);
    expect(await found('city: shelby')).toEqual([1]);
    expect(await found(old)).toEqual([]);
    expect(await keysInDirectory()).toEqual(
      keysOf([aCustomer({ last_name: 'Marsh', email: later, address: 'Shelbyville, Shelbyville' }), ben]),
    );
  });

  test('that somebody else was ahead of leaves no mark', async () => {
    const { profile } = await store.accounts.load(1, ['profile']);
    const value = { ...aCustomer(), email: later };
    await expect(
      store.accounts.commit(1, [{ replace: 'profile', value, etag: `${profile[0]?.etag}x` }]),
    ).rejects.toThrow(StaleWrite);
    expect((await keysInDirectory()).filter((key) => key.startsWith('due '))).toEqual([]);
    expect(await found(old)).toEqual([1]);
  });

  test('of nothing by which they are found writes no index', async () => {
    const { profile } = await store.accounts.load(1, ['profile']);
    const restore = endsAtWrite(1);
    for (const { value, etag } of profile) {
      await store.accounts.commit(1, [{ replace: 'profile', value, etag }]);
    }
    restore();
    expect(await found(old)).toEqual([1]);
  });
});

describe('a change of a plan', () => {
  const moved = [{ ...aSubscription(), product_id: 3 }, ...held.slice(1)];

  test('is found at once, and what was is not; the rest of the index stays as it is', async () => {
    await changePlan(1, 3);
    expect(await found('plan: 3')).toEqual([1]);
    expect(await found('plan: 1')).toEqual([]);
    expect(await found('plan: 4')).toEqual([1]);
    expect(await keysInDirectory()).toEqual(keysOf([aCustomer(), ben], moved));
  });

  test.each([2, 3, 4])('that is interrupted at write %i is repaired by the sweep', async (write) => {
    const restore = endsAtWrite(write);
    await changePlan(1, 3);
    restore();
    expect(await found('plan: 1')).toEqual([]);
    await sweep();
    expect(await found('plan: 3')).toEqual([1]);
    expect(await keysInDirectory()).toEqual(keysOf([aCustomer(), ben], moved));
  });

  test('to the one that it was writes no index', async () => {
    const restore = endsAtWrite(1);
    await changePlan(1, 1);
    restore();
    expect(await found('plan: 1')).toEqual([1]);
  });

  test('of somebody whose name changes as well is found by both', async () => {
    await changePlan(1, 3);
    await change(1, { last_name: 'Marsh', email: later });
    expect(await found('plan: 3')).toEqual([1]);
    expect(await found(later)).toEqual([1]);
    expect(await keysInDirectory()).toEqual(
      keysOf([aCustomer({ last_name: 'Marsh', email: later }), ben], moved),
    );
  });
});

test('data of a version that had no plans in its index are not found by plan before a sweep, and are after it', async () => {
  for (const { partitionKey, rowKey, properties } of await table('Directory').list('')) {
    const { plans: _plans, hasPlans: _hasPlans, ...before } = properties;
    if (partitionKey.startsWith('plan:')) {
      await table('Directory').transact([{ remove: { partitionKey, rowKey } }]);
    } else {
      put('Directory', { partitionKey, rowKey, properties: before as NewRow['properties'] });
    }
  }
  store = openTenantStore(storage, tenant, () => new Date(time));
  expect(await found(old)).toEqual([1]);
  await expect(found('plan: 2')).rejects.toThrow(Unavailable);
  await sweep();
  expect(await found('plan: 2')).toEqual([2]);
  expect(await keysInDirectory()).toEqual(keysOf([aCustomer(), ben]));
});

describe('a process that ends between the record and the index', () => {
  test.each([2, 3, 4, 5])(
    'at write %i: the old e-mail address finds nobody, and the sweep repairs the rest',
    async (write) => {
      const restore = endsAtWrite(write);
      await change(1, { last_name: 'Marsh', email: later });
      restore();
      expect(await found(old)).toEqual([]);
      await sweep();
      expect(await found(later)).toEqual([1]);
      expect(await keysInDirectory()).toEqual(keysOf([aCustomer({ last_name: 'Marsh', email: later }), ben]));
    },
  );

  test('leaves a mark that is younger than a call for whoever may still be at work', async () => {
    const restore = endsAtWrite(2);
    await change(1, { email: later });
    restore();
    await store.tidy(never);
    expect((await keysInDirectory()).some((key) => key.startsWith('due 0000000001:'))).toBe(true);
  });
});

test('among more than a thousand customers, too, an old e-mail address finds nobody', async () => {
  const others = Array.from({ length: 1_100 }, (_, place) =>
    aCustomer({
      customer_id: place + 3,
      first_name: 'Eve',
      last_name: 'Reed',
      email: `eve.${place}@example.com`,
    }),
  );
  for (const customer of others) {
    put('Accounts', accountRow(customer.customer_id, 'profile', customer));
    put('Directory', directoryRow(customer));
  }
  put('Directory', indexStateRow({ isComplete: false, hasPlans: false, after: 0 }));
  expect(await found('dge nobody')).toEqual([]);
  expect(await found('tone@exa')).toEqual([1]); // looked through, as long as there is no index
  await sweep();
  expect(await found('eve.77@example.com')).toEqual([80]);
  expect(await found('tone@exa')).toEqual([]);
  const restore = endsAtWrite(2);
  await change(1, { email: later });
  restore();
  expect(await found(old)).toEqual([]);
  await sweep();
  expect(await found(later)).toEqual([1]);
});

test('whatever is interrupted, after a sweep the directory is what the records are', async () => {
  const name = fc.constantFrom('Ada', 'Åse', 'Mary Ann', "O'Neil", 'Stone', '李');
  const step = fc.record({
    id: fc.constantFrom(1, 2),
    fields: fc.record({
      first_name: name,
      last_name: name,
      email: fc.constantFrom(old, later, 'x@example.com'),
    }),
    plan: fc.option(fc.constantFrom(1, 2, 3)),
    endsAt: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      for (const { id, fields, plan, endsAt } of steps) {
        const restore = endsAtWrite(endsAt);
        await (plan === null ? change(id, fields) : changePlan(id, plan)).catch(() => {});
        restore();
      }
      await sweep();
      const records = await Promise.all(
        [1, 2].map((id) => store.accounts.load(id, ['profile', 'subscription'])),
      );
      expect(await keysInDirectory()).toEqual(
        keysOf(
          records.flatMap(({ profile }) => profile.map(({ value }) => value)),
          records.flatMap(({ subscription }) => subscription.map(({ value }) => value)),
        ),
      );
    }),
    { numRuns: 60 },
  );
});
