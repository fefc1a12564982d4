import { beforeAll, describe, expect, test } from 'vitest';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { type DataTable, dataTables } from '#contoso/stores/tables';
import type { AccountPart } from '#contoso/stores/tenant-store';
import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { tableName } from '#platform/storage/tables';
import { bulkWrite, clearTenant, isEmpty, type Origin, readMarker } from '#seed/writing/bulk';
import type { Dataset } from '#seed/writing/dataset';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset, smallNow } from '../../support/small-dataset.ts';
import { anInvoice } from '../../support/small-records.ts';
import { anyAccount } from './arbitraries.ts';

const origin: Origin = { asOf: '2026-03-15', seed: 42, digest: 'abc', loadedAt: '2026-03-15T12:00:00.000Z' };
const allParts = Object.keys(anyAccount) as AccountPart[];

let storage: Storage;

beforeAll(async () => {
  storage = await testStorage();
});

/** Everything that a tenant's tables hold, without what storage adds. */
async function contents(tenant: TenantId): Promise<Partial<Record<DataTable, unknown[]>>> {
  const tables: Partial<Record<DataTable, unknown[]>> = {};
  for (const name of dataTables) {
    const rows: unknown[] = [];
    for await (const page of storage.table(tableName(tenant, name)).pages({})) {
      rows.push(
        ...page.rows.map(({ etag: _, properties: { timestamp: __, ...properties }, ...keys }) => ({
          ...keys,
          properties,
        })),
      );
    }
    tables[name] = rows;
  }
  return tables;
}

describe('bulkWrite', () => {
  test('every record is found where the tools look for it', async () => {
    const tenant = freshTenant();
    await bulkWrite(storage, tenant, smallDataset);
    const store = openTenantStore(storage, tenant, () => smallNow);
    const account = await store.accounts.load(1, allParts);
    expect(account.invoice.map((row) => row.value)).toEqual(
      smallDataset.invoices.filter((invoice) => invoice.subscription_id !== 21),
    );
    expect(account.payment.map((row) => row.value)).toEqual(smallDataset.payments);
    expect(account.incident.map((row) => row.value)).toEqual(smallDataset.incidents);
    expect((await store.directory.page({ limit: 10 })).customers).toHaveLength(3);
  });

  test('writing the same dataset again changes nothing', async () => {
    const tenant = freshTenant();
    await bulkWrite(storage, tenant, smallDataset, undefined, origin);
    const once = await contents(tenant);
    await bulkWrite(storage, tenant, smallDataset, undefined, origin);
    expect(await contents(tenant)).toEqual(once);
  });

  test('progress goes up to the number of rows', async () => {
    const reports: [number, number][] = [];
    await bulkWrite(storage, freshTenant(), smallDataset, (done, total) => reports.push([done, total]));
    const [done, total] = reports.at(-1) ?? [];
    expect(done).toBe(total);
    expect(reports).toEqual([...reports].sort(([a], [b]) => a - b));
  });

  test('the marker says loading while rows are written and complete only when all of them are there', async () => {
    const tenant = freshTenant();
    const states: Promise<string | undefined>[] = [];
    const look = async () => (await readMarker(storage, tenant))?.state;
    await bulkWrite(storage, tenant, smallDataset, () => states.push(look()), origin);
    // The last report comes when every row is written and the counters are still to be raised: that look may see either.
    const [lastRows, ...earlier] = (await Promise.all(states)).reverse();
    expect(new Set(earlier)).toEqual(new Set(['loading']));
    expect(lastRows).toBeDefined();
    expect(await readMarker(storage, tenant)).toEqual({ ...origin, state: 'complete' });
  });

  test('a dataset that refers to what it does not hold is refused before anything is written', async () => {
    const tenant = freshTenant();
    const dangling: Dataset = {
      ...smallDataset,
      invoices: [...smallDataset.invoices, anInvoice({ invoice_id: 999, subscription_id: 77 })],
    };
    await expect(bulkWrite(storage, tenant, dangling, undefined, origin)).rejects.toThrow(
      'Invoice 999 refers to 77, which the dataset does not hold.',
    );
    expect(await readMarker(storage, tenant)).toBeUndefined();
  });

  test('a document too long for storage is refused before anything is written', async () => {
    const tenant = freshTenant();
    const [document] = smallDataset.documents;
    const documents = document === undefined ? [] : [{ ...document, content: 'x'.repeat(32_769) }];
    await expect(bulkWrite(storage, tenant, { ...smallDataset, documents })).rejects.toThrow(
      'too long to store',
    );
    expect(await isEmpty(storage, tenant)).toBe(true);
  });
});

describe('isEmpty and readMarker', () => {
  test('a tenant without tables is empty and has no marker', async () => {
    const tenant = freshTenant();
    expect(await isEmpty(storage, tenant)).toBe(true);
    expect(await readMarker(storage, tenant)).toBeUndefined();
  });

  test('rows without a marker are data that no seed wrote', async () => {
    const tenant = freshTenant();
    await bulkWrite(storage, tenant, smallDataset);
    expect(await isEmpty(storage, tenant)).toBe(false);
    expect(await readMarker(storage, tenant)).toBeUndefined();
  });
});

describe('clearTenant', () => {
  test('removes everything but the counters, of this tenant only', async () => {
    const [tenant, other] = [freshTenant(), freshTenant()];
    await bulkWrite(storage, tenant, smallDataset, undefined, origin);
    await bulkWrite(storage, other, smallDataset, undefined, origin);
    await clearTenant(storage, tenant);
    const { Counters, ...rest } = await contents(tenant);
    expect(Object.values(rest).flat()).toEqual([]);
    expect(Counters).not.toEqual([]);
    expect(await isEmpty(storage, tenant)).toBe(true);
    expect(await readMarker(storage, other)).toMatchObject({ state: 'complete' });
  });

  test('a tenant without tables is cleared already', async () => {
    await expect(clearTenant(storage, freshTenant())).resolves.toBeUndefined();
  });
});
