import { permissions } from '#contoso/access/permissions';
import type { TenantStore } from '#contoso/stores/tenant-store';
import type { Principal } from '#platform/identity/principal';
import type { TenantId } from '#platform/identity/tenant';
import { createKnowledgeSearch } from '#platform/knowledge/lexical';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import { smallNow } from '../../support/small-dataset.ts';

export function callOn(store: TenantStore, user: string): ToolCall {
  return {
    principal: principalOf(store.tenant, user),
    store,
    knowledge: createKnowledgeSearch(store.knowledge),
    policy: { confirmPaymentsAbove: 1000, confirmPaymentsWithinHours: 24 },
    now: () => smallNow,
    correlationId: 'call',
    signal: new AbortController().signal,
    progress: () => {},
  };
}

function principalOf(tenant: TenantId, user: string): Principal {
  return {
    tenant,
    user,
    application: 'tests',
    actor: 'person',
    roles: ['security'],
    permissions: new Set(permissions),
    expiresAt: smallNow.getTime() / 1000 + 3600,
  };
}
