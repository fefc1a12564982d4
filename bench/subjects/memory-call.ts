import { azuriteConnectionString } from '../../local/stack/azurite.ts';
import { localTenant } from '../../local/stack/tenants.ts';
import { generate } from '../../seed/generate/generate.ts';
import { permissions } from '../../shared/access/permissions.ts';
import { tenantId } from '../../shared/identity/tenant.ts';
import { openStorage } from '../../shared/storage/connect.ts';
import { openTenantStore } from '../../shared/storage/open-tenant-store.ts';
import type { ToolCall } from '../../shared/tools/define.ts';

/** Which day's data is measured does not matter, as long as it is the same for all. */
export const asOf = '2026-01-15';
export const seedNumber = 42;
export const tenant = tenantId(localTenant('contoso').slug);

/** Nothing listens there: whoever asks storage for something fails. */
const nowhere = azuriteConnectionString(1);

/** What peers hand to the tools: the same records as ours, already in memory. */
export async function memoryCall(): Promise<ToolCall> {
  const { products, promotions } = generate({ asOf, seed: seedNumber, tenant });
  const now = () => new Date();
  const store = openTenantStore(await openStorage({ dataStorage: nowhere }), tenant, now);
  return {
    principal: {
      tenant,
      user: 'bench',
      application: 'bench',
      roles: ['security'],
      permissions: new Set(permissions),
      expiresAt: Number.MAX_SAFE_INTEGER,
    },
    store: { ...store, catalog: { products: async () => products, promotions: async () => promotions } },
    knowledge: { search: async () => ({ mode: 'lexical', documents: [] }) },
    policy: { confirmPaymentsAbove: Number.MAX_SAFE_INTEGER, confirmPaymentsWithinHours: 24 },
    now,
    correlationId: 'call',
    signal: new AbortController().signal,
    progress: () => {},
  };
}
