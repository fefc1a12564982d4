import { permissions } from '#contoso/access/permissions';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { tenantId } from '#platform/identity/tenant';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import { openStorage } from '#platform/storage/connect';
import { azuriteConnectionString } from '../../emulators/stack/azurite.ts';
import { generate } from '../../seed/generate/generate.ts';

/** Which day's data is measured does not matter, as long as it is the same for all. */
export const asOf = '2026-01-15';
export const seedNumber = 42;
export const tenant = tenantId('contoso');

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
      actor: 'person',
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
