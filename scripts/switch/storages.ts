import type { TenantId } from '#platform/identity/tenant';
import { openStorage, type Storage } from '#platform/storage/connect';
import { runningTenants } from '../../emulators/stack/state.ts';
import { reachStorage } from '../../seed/reach-storage.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** Where a tenant's data are. As {@link storagesFor}. */
export async function storageFor(tenant: TenantId): Promise<Storage> {
  const [storage] = await storagesFor(tenant);
  if (storage === undefined) {
    throw new Error(`The running stack has no storage for ${tenant}; start it again with npm start.`);
  }
  return storage;
}

/**
 * Where the data of a tenant are, or of all tenants: DATA_STORAGE, or the storages of the running local stack, whose
 * tenants have backends of their own.
 * @throws UsageError for a tenant that the stack does not have
 */
export async function storagesFor(tenant: TenantId | undefined): Promise<readonly Storage[]> {
  const configured = process.env.DATA_STORAGE || undefined;
  if (configured !== undefined) {
    return [await reachStorage(configured, 'DATA_STORAGE')];
  }
  const tenants = await runningTenants();
  if (tenants === undefined) {
    throw new Error('Set DATA_STORAGE, or start the local stack with npm start.');
  }
  const chosen = Object.entries(tenants).filter(([slug]) => tenant === undefined || slug === tenant);
  if (chosen.length === 0) {
    throw new UsageError(`There is no tenant "${tenant}"; use ${Object.keys(tenants).join(', ')}.`);
  }
  const addresses = new Set(chosen.map(([, { dataStorage }]) => dataStorage));
  return await Promise.all([...addresses].map((dataStorage) => openStorage({ dataStorage })));
}
