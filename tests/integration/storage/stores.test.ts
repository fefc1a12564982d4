import { beforeAll, describe, expect, test } from 'vitest';
import { openTenantStore, type WarmableTenantStore } from '#contoso/stores/open-tenant-store';
import { Unavailable } from '#platform/errors';
import type { Storage } from '#platform/storage/connect';
import { countRoundTrips } from '#platform/storage/round-trips';
import { bulkWrite } from '#seed/writing/bulk';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset, smallNow } from '../../support/small-dataset.ts';

let storage: Storage;
let store: WarmableTenantStore;
let now = smallNow;
const tenant = freshTenant();

beforeAll(async () => {
  storage = await testStorage();
  await bulkWrite(storage, tenant, smallDataset);
  store = openTenantStore(storage, tenant, () => now);
});

test('usage is read from the first to the last day, both included', async () => {
  const { result, count } = await countRoundTrips(() => store.usage.between(11, '2026-03-02', '2026-03-03'));
  expect(result).toEqual([
    { usage_date: '2026-03-02', data_used_mb: 201, voice_minutes: 20, sms_count: 2 },
    { usage_date: '2026-03-03', data_used_mb: 301.5, voice_minutes: 30, sms_count: 3 },
  ]);
  expect(count).toBe(1);
  expect(await store.usage.between(12, '2026-03-01', '2026-03-31')).toEqual([]);
});

test('a date that is a filter finds nothing', async () => {
  expect(await store.usage.between(11, "' or RowKey ge '", "' or RowKey ge '")).toEqual([]);
});

test('the catalog is read once for products and promotions, and again after a minute', async () => {
  const readBoth = () => Promise.all([store.catalog.products(), store.catalog.promotions()]);
  const { result, count } = await countRoundTrips(readBoth);
  expect(result).toEqual([smallDataset.products, smallDataset.promotions]);
  expect(count).toBe(1);
  expect((await countRoundTrips(readBoth)).count).toBe(0);
  now = new Date(smallNow.getTime() + 60_000);
  expect((await countRoundTrips(readBoth)).count).toBe(1);
});

test('documents are the same array while they are good', async () => {
  const documents = await store.knowledge.documents();
  expect(new Set(documents)).toEqual(new Set(smallDataset.documents));
  expect(await store.knowledge.documents()).toBe(documents);
});

describe('owners', () => {
  test('of a subscription and of an invoice are found once and then known', async () => {
    const { result, count } = await countRoundTrips(async () => [
      await store.accounts.ownerOfSubscription(21),
      await store.accounts.ownerOfSubscription(21),
      await store.accounts.ownerOfInvoice(201),
      await store.accounts.ownerOfInvoice(201),
    ]);
    expect(result).toEqual([2, 2, 2, 2]);
    expect(count).toBe(2);
  });

  test('of what does not exist are undefined, and asked for again each time', async () => {
    const { result, count } = await countRoundTrips(async () => [
      await store.accounts.ownerOfInvoice(9_999_999_999),
      await store.accounts.ownerOfInvoice(9_999_999_999),
    ]);
    expect(result).toEqual([undefined, undefined]);
    expect(count).toBe(2);
  });
});

test('a warm store gives ids and the catalog without a round trip', async () => {
  const warmed = openTenantStore(storage, tenant, () => smallNow);
  await warmed.warm();
  const { result, count } = await countRoundTrips(async () => {
    await warmed.catalog.products();
    return await Promise.all([
      warmed.nextId('payment'),
      warmed.nextId('ticket'),
      warmed.nextId('securityEvent'),
    ]);
  });
  expect(result).toEqual([1004, 4, 4]);
  expect(count).toBe(0);
});

test('another tenant sees none of it', async () => {
  const other = openTenantStore(storage, freshTenant(), () => smallNow);
  await expect(other.accounts.load(1, ['profile'])).rejects.toThrow(
    new Unavailable('The data of this organisation is not loaded yet; ask the operator to load it.'),
  );
});
