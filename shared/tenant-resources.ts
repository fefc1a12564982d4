import type { Principal } from './identity/principal.ts';
import type { TenantId } from './identity/tenant.ts';
import { createKnowledgeSearch } from './knowledge/lexical.ts';
import type { TenantResources } from './mcp/tool-surface.ts';
import type { Storage } from './storage/connect.ts';
import { onceStore } from './storage/once-store.ts';
import { openTenantStore } from './storage/open-tenant-store.ts';

/**
 * Opens each tenant's data at its first call and keeps it: caches, id blocks and the search index live as long as the
 * process. The tenant is the verified caller's; there is no other way to name one.
 */
export function tenantResources(
  storage: Storage,
  now: () => Date,
): (principal: Principal) => TenantResources {
  const opened = new Map<TenantId, TenantResources>();
  return ({ tenant }) => {
    let resources = opened.get(tenant);
    if (resources === undefined) {
      const store = openTenantStore(storage, tenant, now);
      resources = {
        store,
        knowledge: createKnowledgeSearch(store.knowledge),
        once: onceStore(storage, tenant),
      };
      opened.set(tenant, resources);
      store.warm().catch(() => {}); // whoever needs storage next says what is wrong with it
    }
    return resources;
  };
}
