import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { Embeddings } from '../knowledge/embeddings.ts';
import { createHybridSearch } from '../knowledge/hybrid.ts';
import { createKnowledgeSearch } from '../knowledge/lexical.ts';
import { vectorRanker } from '../knowledge/vector.ts';
import type { TenantResources } from '../mcp/tool-surface.ts';
import type { Storage } from '../storage/connect.ts';
import { onceStore } from '../storage/once-store.ts';
import { openTenantStore } from '../storage/open-tenant-store.ts';
import { tableName } from '../storage/tables.ts';
import type { KnowledgeStore, TenantStore } from '../storage/tenant-store.ts';
import { vectorStore } from '../storage/vector-store.ts';
import type { Logger } from '../telemetry/log.ts';

export interface TenantResourcesOptions {
  readonly storage: Storage;
  /** Undefined when no embedding model is configured: search is by words alone. */
  readonly embeddings: Embeddings | undefined;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** The data of every tenant that this process has met. */
export interface OpenedTenants {
  of(principal: Principal): TenantResources;
  storeOf(tenant: TenantId): TenantStore;
}

/**
 * Opens each tenant's data at its first call and keeps it: caches, id blocks and the search index live as long as the
 * process. The tenant is the verified caller's; there is no other way to name one.
 */
export function openTenants({ storage, embeddings, now, logger }: TenantResourcesOptions): OpenedTenants {
  const opened = new Map<TenantId, TenantResources>();

  function open(tenant: TenantId): TenantResources {
    const store = openTenantStore(storage, tenant, now);
    store.warm().catch(() => {}); // whoever needs storage next says what is wrong with it
    return { store, knowledge: searchOf(tenant, store.knowledge), once: onceStore(storage, tenant) };
  }

  function searchOf(tenant: TenantId, documents: KnowledgeStore) {
    if (embeddings === undefined) return createKnowledgeSearch(documents);
    const vectors = vectorStore(storage.table(tableName(tenant, 'Knowledge')), now);
    return createHybridSearch(documents, vectorRanker(embeddings, vectors), logger);
  }

  function resourcesOf(tenant: TenantId): TenantResources {
    const resources = opened.get(tenant) ?? open(tenant);
    opened.set(tenant, resources);
    return resources;
  }

  return {
    of: ({ tenant }) => resourcesOf(tenant),
    storeOf: (tenant) => resourcesOf(tenant).store,
  };
}
