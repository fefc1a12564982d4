import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { idAllocator } from '#platform/storage/counters';
import { tableName } from '#platform/storage/tables';
import { accountStore, recordsToList } from './account-store.ts';
import { catalogStore } from './catalog-store.ts';
import { directoryStore } from './directory-store.ts';
import { knowledgeStore } from './knowledge-store.ts';
import { lookupStore } from './lookup-store.ts';
import { searchIndex } from './search/search-index.ts';
import type { DataTable } from './tables.ts';
import type { IdKind, TenantStore } from './tenant-store.ts';
import { usageStore } from './usage-store.ts';

/** A tenant's store that can make itself ready before the first call. */
export interface WarmableTenantStore extends TenantStore {
  /** Loads the catalog and reserves the first ids, at the same time, so that no tool call pays for them. */
  warm(): Promise<void>;
  /** Repairs a bounded part of what customers are found by. For a timer. */
  tidy(enough: AbortSignal): Promise<void>;
}

/** The data of one tenant. Keep it for the life of the process: it holds caches and reserved ids. */
export function openTenantStore(storage: Storage, tenant: TenantId, now: () => Date): WarmableTenantStore {
  const table = (name: DataTable) => storage.table(tableName(tenant, name));
  const catalog = catalogStore(table('Catalog'), now);
  const counters = table('Counters');
  const allocators = {
    payment: idAllocator(counters, 'payment'),
    ticket: idAllocator(counters, 'ticket'),
    securityEvent: idAllocator(counters, 'securityEvent'),
  } satisfies Record<IdKind, unknown>;
  const accountsTable = table('Accounts');
  const recordOf = recordsToList(accountsTable);
  const index = searchIndex(table('Directory'), recordOf, now);
  return {
    tenant,
    accounts: accountStore(accountsTable, lookupStore(table('Lookup')), index),
    directory: directoryStore(table('Directory'), recordOf, catalog, now),
    usage: usageStore(table('Usage')),
    catalog,
    knowledge: knowledgeStore(table('Knowledge'), now),
    nextId: (kind) => allocators[kind].next(),
    async warm() {
      const reservations = Object.values(allocators).map((allocator) => allocator.reserve());
      await Promise.all([catalog.products(), ...reservations]);
    },
    tidy: (enough) => index.sweep(enough),
  };
}
