import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import { openStorage, type Storage } from '#platform/storage/connect';
import type {} from './vitest-global-azurite.ts';

/** The connection string of the Azurite that this run's global setup started. */
export function testDataStorage(): string {
  return inject('dataStorage');
}

/** Opens the Azurite of this run. */
export async function testStorage(): Promise<Storage> {
  return await openStorage({ dataStorage: testDataStorage() });
}

/** A tenant that nobody else uses, so that test files can run side by side. */
export function freshTenant(): TenantId {
  return tenantId(`t${randomBytes(8).toString('hex')}`);
}
