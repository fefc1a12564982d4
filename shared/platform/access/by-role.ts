import type { Actor } from '../identity/actor.ts';
import { tenantId } from '../identity/tenant.ts';
import { exposureOf, openTo } from './exposure.ts';
import type { EndpointName, Offer } from './offer.ts';
import type { Permission } from './permissions.ts';
import { openRoles, type PermissionTable } from './roles.ts';

/** Stands for any tenant, in questions that are not about a caller. */
const anyTenant = tenantId('any');

/**
 * The roles of which one is enough for a thing when a person has it, wherever it is offered; in the order of the table. For documents, the
 * gateway's policy and checks, which speak of roles and know no caller.
 */
export function rolesFor(offer: Offer, table: PermissionTable): readonly string[] {
  const { all, permissionsOf } = openRoles(table);
  const tenant = offer.tenants?.[0] ?? anyTenant;
  return all.filter((role) => {
    const permissions = permissionsOf([role]);
    return offer.at.some(
      (endpoint) => exposureOf(offer, { permissions, tenant, actor: 'person', endpoint }) === 'open',
    );
  });
}

/** What callers of this kind with these permissions are shown at an endpoint, whatever tenant they are of. */
export function openToAll<One extends Offer>(
  offers: readonly One[],
  permissions: ReadonlySet<Permission>,
  endpoint: EndpointName,
  actor: Actor = 'person',
): One[] {
  return openTo(offers, { permissions, tenant: anyTenant, actor, endpoint });
}
