import { beforeEach, describe, expect, test } from 'vitest';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { fewCustomers } from '#seed/few-customers';
import { inspectStorage, LoadRefused, loadSeed, prepareSeed, type Seed } from '#seed/loader';
import { bulkWrite, readMarker } from '#seed/writing/bulk';
import { freshTenant, testStorage } from '../../support/azurite.ts';

const now = () => new Date('2026-01-15T09:00:00.000Z');
const storage: Storage = await testStorage();

/** A seed with a few customers and without usage rows, which take most of the time and change nothing here. */
function quickSeed(tenant: TenantId, number = 42): Seed {
  const seed = prepareSeed({ asOf: '2026-01-15', seed: number, tenant });
  return { ...seed, dataset: { ...fewCustomers(seed.dataset, 40), usage: [] } };
}

async function nameOf(tenant: TenantId, customerId: number): Promise<string | undefined> {
  const { profile } = await openTenantStore(storage, tenant, now).accounts.load(customerId, ['profile']);
  return profile[0]?.value.last_name;
}

let tenant: TenantId;
let seed: Seed;
beforeEach(() => {
  tenant = freshTenant();
  seed = quickSeed(tenant);
});

const lastNameIn = ({ dataset }: Seed) => dataset.customers[0]?.last_name;

/** Loads the seed and stops as a killed process would: after the first rows, before the last. */
async function interrupt(interrupted: Seed): Promise<void> {
  const killed = new Error('killed');
  await expect(
    loadSeed(storage, interrupted, {
      now,
      onProgress: () => {
        throw killed;
      },
    }),
  ).rejects.toBe(killed);
}

describe('storage without anything', () => {
  test('is loaded, with progress to the last row, and marked complete', async () => {
    expect(await inspectStorage(storage, seed)).toBe('nothing');
    const steps: [number, number][] = [];
    const outcome = await loadSeed(storage, seed, {
      now,
      onProgress: (done, total) => steps.push([done, total]),
    });
    expect(outcome).toBe('loaded');
    const [done, total] = steps.at(-1) ?? [];
    expect(done).toBe(total);
    expect(await readMarker(storage, tenant)).toEqual({
      asOf: '2026-01-15',
      seed: 42,
      digest: seed.digest,
      loadedAt: '2026-01-15T09:00:00.000Z',
      state: 'complete',
    });
    expect(await nameOf(tenant, 1)).toBe(lastNameIn(seed));
  });
});

describe('the same seed again', () => {
  test('changes nothing, not even what was changed since', async () => {
    await loadSeed(storage, seed, { now });
    const store = openTenantStore(storage, tenant, now);
    const [row] = (await store.accounts.load(1, ['profile'])).profile;
    const value = { ...seed.dataset.customers[0], ...row?.value, last_name: 'Changed' } as never;
    await store.accounts.commit(1, [{ replace: 'profile', value, etag: row?.etag ?? '' }]);
    let rows = 0;
    const outcome = await loadSeed(storage, seed, { now, onProgress: () => (rows += 1) });
    expect([outcome, rows]).toEqual(['unchanged', 0]);
    expect(await nameOf(tenant, 1)).toBe('Changed');
  });

  test('is loaded anew by force', async () => {
    await loadSeed(storage, seed, { now });
    expect(await loadSeed(storage, seed, { now, force: true })).toBe('loaded');
    expect(await inspectStorage(storage, seed)).toBe('this seed');
  });
});

describe('an interrupted load', () => {
  test('is done again', async () => {
    await interrupt(seed);
    expect(await inspectStorage(storage, seed)).toBe('unfinished');
    expect(await loadSeed(storage, seed, { now })).toBe('loaded');
    expect(await inspectStorage(storage, seed)).toBe('this seed');
  });

  test('of another seed leaves none of its rows behind', async () => {
    const other = quickSeed(tenant, 7);
    const extra = { ...seed.dataset.customers[0], customer_id: 9000 } as never;
    await interrupt({ ...other, dataset: { ...other.dataset, customers: [extra] } });
    await loadSeed(storage, seed, { now });
    expect(await nameOf(tenant, 9000)).toBeUndefined();
    expect(await nameOf(tenant, 1)).toBe(lastNameIn(seed));
  });
});

describe('data that a load would destroy', () => {
  test('of another seed are kept, and replaced by force', async () => {
    const other = quickSeed(tenant, 7);
    await loadSeed(storage, other, { now });
    expect(await inspectStorage(storage, seed)).toBe('another seed');
    await expect(loadSeed(storage, seed, { now })).rejects.toThrow(LoadRefused);
    expect(await nameOf(tenant, 1)).toBe(lastNameIn(other));
    expect(await loadSeed(storage, seed, { now, force: true })).toBe('loaded');
    expect(await nameOf(tenant, 1)).toBe(lastNameIn(seed));
  });

  test('of another version of the generator count as another seed', async () => {
    await loadSeed(storage, { ...seed, digest: '0'.repeat(64) }, { now });
    expect(await inspectStorage(storage, seed)).toBe('another seed');
  });

  test('that no seed has written are kept, and deleted by force', async () => {
    const foreign = { ...seed.dataset, customers: seed.dataset.customers.slice(0, 1) };
    await bulkWrite(storage, tenant, foreign);
    expect(await inspectStorage(storage, seed)).toBe('foreign data');
    await expect(loadSeed(storage, seed, { now })).rejects.toThrow('no seed has written');
    expect(await readMarker(storage, tenant)).toBeUndefined();
    expect(await loadSeed(storage, seed, { now, force: true })).toBe('loaded');
  });

  test('of one tenant are no concern of another', async () => {
    await loadSeed(storage, seed, { now });
    const neighbour = quickSeed(freshTenant());
    expect(await inspectStorage(storage, neighbour)).toBe('nothing');
  });
});
