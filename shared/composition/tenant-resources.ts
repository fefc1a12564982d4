import type { Business, BusinessStore } from '#platform/business';
import type { Principal } from '#platform/identity/principal';
import type { TenantId } from '#platform/identity/tenant';
import type { KnowledgeStore } from '#platform/knowledge/document';
import type { Embeddings } from '#platform/knowledge/embeddings';
import { createHybridSearch } from '#platform/knowledge/hybrid';
import { createKnowledgeSearch } from '#platform/knowledge/lexical';
import { vectorRanker } from '#platform/knowledge/vector';
import type { TenantResources } from '#platform/mcp/pipeline/options';
import type { Storage } from '#platform/storage/connect';
import { tableName } from '#platform/storage/tables';
import { usedNonceStore } from '#platform/storage/used-nonce-store';
import { vectorStore } from '#platform/storage/vector-store';
import type { Logger } from '#platform/telemetry/log';

export interface TenantResourcesOptions<Store extends BusinessStore> {
  readonly openStore: Business<Store>['openStore'];
  readonly storage: Storage;
  /** Undefined when no embedding model is configured: search is by words alone. */
  readonly embeddings: Embeddings | undefined;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** The data of every tenant that this process has met. */
export interface OpenedTenants<Store> {
  of(principal: Principal): TenantResources<Store>;
  storeOf(tenant: TenantId): Store;
}

/**
 * Opens each tenant's data at its first call and keeps it: caches, id blocks and the search index live as long as the
 * process. The tenant is the verified caller's; there is no other way to name one.
 */
export function openTenants<Store extends BusinessStore>({
  openStore,
  storage,
  embeddings,
  now,
  logger,
}: TenantResourcesOptions<Store>): OpenedTenants<Store> {
  const opened = new Map<TenantId, TenantResources<Store>>();

  function open(tenant: TenantId): TenantResources<Store> {
    const store = openStore(storage, tenant, now);
    store.warm().catch(() => {}); // the next call that needs storage reports what is wrong
    return {
      store,
      knowledge: searchOf(tenant, store.knowledge),
      usedNonces: usedNonceStore(storage, tenant),
    };
  }

  function searchOf(tenant: TenantId, documents: KnowledgeStore) {
    if (embeddings === undefined) {
      return createKnowledgeSearch(documents);
    }
    const vectors = vectorStore(storage.table(tableName(tenant, 'Knowledge')), now);
    return createHybridSearch(documents, vectorRanker(embeddings, vectors), logger);
  }

  function resourcesOf(tenant: TenantId): TenantResources<Store> {
    const resources = opened.get(tenant) ?? open(tenant);
    opened.set(tenant, resources);
    return resources;
  }

  return {
    of: ({ tenant }) => resourcesOf(tenant),
    storeOf: (tenant) => resourcesOf(tenant).store,
  };
}
