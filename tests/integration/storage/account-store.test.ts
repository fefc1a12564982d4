import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTenantStore, type WarmableTenantStore } from '#contoso/stores/open-tenant-store';
import { dataTables } from '#contoso/stores/tables';
import type { AccountPart, Change } from '#contoso/stores/tenant-store';
import { retryStale } from '#platform/storage/retry';
import { countRoundTrips } from '#platform/storage/round-trips';
import { StaleWrite } from '#platform/storage/stale-write';
import { ensureTables } from '#platform/storage/tables';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallNow } from '../../support/small-dataset.ts';
import { aCustomer, anEvent, anInvoice, aPayment, aSubscription } from '../../support/small-records.ts';
import { anyAccount } from './arbitraries.ts';

const allParts = Object.keys(anyAccount) as AccountPart[];

let store: WarmableTenantStore;
let nextCustomer = 1;

/** A customer whose partition is still empty. */
function newCustomer(): number {
  nextCustomer += 1;
  return nextCustomer;
}

beforeAll(async () => {
  const storage = await testStorage();
  const tenant = freshTenant();
  await ensureTables(storage, tenant, dataTables);
  store = openTenantStore(storage, tenant, () => smallNow);
});

async function insertInvoice(customerId: number): Promise<void> {
  await store.accounts.commit(customerId, [{ insert: 'invoice', value: anInvoice() }]);
}

describe('load', () => {
  test('any record that was written is read back as it was', async () => {
    const anyRecords = fc.record(anyAccount);
    await fc.assert(
      fc.asyncProperty(anyRecords, async (records) => {
        const customerId = newCustomer();
        const changes = allParts.map((part) => ({ insert: part, value: records[part] }) as Change);
        await store.accounts.commit(customerId, changes);
        const account = await store.accounts.load(customerId, allParts);
        for (const part of allParts) {
          expect(account[part].map((row) => row.value)).toEqual([records[part]]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('only the asked-for parts, in one round trip', async () => {
    const customerId = newCustomer();
    await store.accounts.commit(customerId, [
      { insert: 'profile', value: aCustomer({ customer_id: customerId }) },
      { insert: 'subscription', value: aSubscription() },
      { insert: 'invoice', value: anInvoice() },
    ]);
    const { result, count } = await countRoundTrips(() =>
      store.accounts.load(customerId, ['profile', 'invoice']),
    );
    expect(result).toMatchObject({ customerId, subscription: [], payment: [], receipt: undefined });
    expect(result.profile).toHaveLength(1);
    expect(result.invoice).toHaveLength(1);
    expect(count).toBe(1);
  });

  test('records come in the order of their ids, security events in the order of time', async () => {
    const customerId = newCustomer();
    const inserts: Change[] = [30, 4, 200].map((invoice_id) => ({
      insert: 'invoice',
      value: anInvoice({ invoice_id }),
    }));
    await store.accounts.commit(customerId, [
      ...inserts,
      { insert: 'securityEvent', value: anEvent({ event_id: 1, event_time: '2026-03-15T12:00:00Z' }) },
      { insert: 'securityEvent', value: anEvent({ event_id: 2, event_time: '2026-03-15T11:00:00.5Z' }) },
    ]);
    const account = await store.accounts.load(customerId, ['invoice', 'securityEvent']);
    expect(account.invoice.map((row) => row.value.invoice_id)).toEqual([4, 30, 200]);
    expect(account.securityEvent.map((row) => row.value.event_id)).toEqual([2, 1]);
  });

  test('an unknown customer is an account without a profile', async () => {
    const account = await store.accounts.load(9_999_999_999, allParts);
    expect(account.profile).toEqual([]);
  });

  test('a partition of more than a thousand records is read to its end', async () => {
    const customerId = newCustomer();
    for (let batch = 0; batch < 11; batch += 1) {
      const changes: Change[] = Array.from({ length: 100 }, (_, position) => ({
        insert: 'payment',
        value: aPayment({ payment_id: batch * 100 + position + 1 }),
      }));
      await store.accounts.commit(customerId, changes);
    }
    const { result, count } = await countRoundTrips(() => store.accounts.load(customerId, ['payment']));
    expect(new Set(result.payment.map((row) => row.value.payment_id)).size).toBe(1_100);
    expect(count).toBe(2);
  });
});

describe('commit', () => {
  test('a record that changed since it was read is not overwritten', async () => {
    const customerId = newCustomer();
    await insertInvoice(customerId);
    const [read] = (await store.accounts.load(customerId, ['invoice'])).invoice;
    const replaceWith = (description: string): Change[] => [
      { replace: 'invoice', value: anInvoice({ description }), etag: read?.etag ?? '' },
    ];
    await store.accounts.commit(customerId, replaceWith('first'));
    await expect(store.accounts.commit(customerId, replaceWith('second'))).rejects.toThrow(StaleWrite);
    const [now] = (await store.accounts.load(customerId, ['invoice'])).invoice;
    expect(now?.value.description).toBe('first');
  });

  test('a record that is gone cannot be replaced', async () => {
    const etag = `W/"datetime'2026-01-01T00%3A00%3A00.0000000Z'"`;
    const change: Change = { replace: 'invoice', value: anInvoice(), etag };
    await expect(store.accounts.commit(newCustomer(), [change])).rejects.toThrow(StaleWrite);
  });

  test('one refused step leaves nothing written, wherever it stands', async () => {
    const customerId = newCustomer();
    await insertInvoice(customerId);
    const taken: Change = { insert: 'invoice', value: anInvoice() };
    const fine: Change[] = [
      { insert: 'payment', value: aPayment() },
      { receipt: { key: 'k', digest: 'd', answer: 1 } },
    ];
    for (const changes of [
      [taken, ...fine],
      [...fine, taken],
    ]) {
      await expect(store.accounts.commit(customerId, changes)).rejects.toThrow(StaleWrite);
    }
    const account = await store.accounts.load(customerId, allParts, 'k');
    expect(account.invoice).toHaveLength(1);
    expect(account.payment).toEqual([]);
    expect(account.receipt).toBeUndefined();
  });

  test('a receipt is kept with the change that it answers, and only once', async () => {
    const customerId = newCustomer();
    const receipt = { key: "k/\\#?' é", digest: 'd', answer: { payment_id: 7, outstanding: 40.5 } };
    await store.accounts.commit(customerId, [{ receipt }]);
    const account = await store.accounts.load(customerId, ['profile'], receipt.key);
    expect(account.receipt).toEqual(receipt);
    await expect(store.accounts.commit(customerId, [{ receipt }])).rejects.toThrow(StaleWrite);
    expect((await store.accounts.load(customerId, ['profile'], 'other')).receipt).toBeUndefined();
  });

  test('a transaction of no changes, or of more than a hundred, is a mistake', async () => {
    const insert: Change = { insert: 'payment', value: aPayment() };
    await expect(store.accounts.commit(1, [])).rejects.toThrow(RangeError);
    await expect(
      store.accounts.commit(
        1,
        Array.from({ length: 101 }, () => insert),
      ),
    ).rejects.toThrow(RangeError);
  });
});

test('twenty who change one invoice at the same time all count', async () => {
  const customerId = newCustomer();
  await insertInvoice(customerId);
  const addOne = () =>
    retryStale(25, async () => {
      const [read] = (await store.accounts.load(customerId, ['invoice'])).invoice;
      const value = anInvoice({ amount: (read?.value.amount ?? 0) + 1 });
      await store.accounts.commit(customerId, [{ replace: 'invoice', value, etag: read?.etag ?? '' }]);
    });
  await Promise.all(Array.from({ length: 20 }, addOne));
  const { invoice } = await store.accounts.load(customerId, ['invoice']);
  expect(invoice[0]?.value.amount).toBe(anInvoice().amount + 20);
});
