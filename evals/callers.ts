import { permissionsOf } from '#contoso/access/roles';
import type { Principal } from '#platform/identity/principal';
import type { TenantId } from '#platform/identity/tenant';
import { evalNow } from './companies.ts';

/** A caller with the given roles; one user per set of roles. */
export function callerWith(tenant: TenantId, roles: readonly string[]): Principal {
  return {
    tenant,
    user: `eval:${roles.join('+') || 'nobody'}`,
    application: 'evals',
    actor: 'person',
    roles,
    permissions: permissionsOf(roles),
    expiresAt: evalNow.getTime() / 1_000 + 3_600,
  };
}
