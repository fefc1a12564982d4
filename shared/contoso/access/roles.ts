import type { Need } from '#platform/access/permissions';
import { openRoles, type RoleNames } from '#platform/access/roles';
import { type Permission, permissions } from './permissions.ts';

/** The app roles a customer's administrator can assign. */
export const roles = ['query', 'billing', 'agent', 'security'] as const;
export type Role = (typeof roles)[number];

/** What the role security alone may do. Every other permission belongs to some other role as well; a test sees to it. */
export const reserved: readonly Permission[] = ['security.read', 'security.write'];

/**
 * The one permission table: what each role may do. Whatever is not written here is denied.
 * `tools/list`, `tools/call`, the experts' tool sets, the gateway's policy and the documents all come from it.
 */
export const permissionTable: Readonly<Record<Role, readonly Permission[]>> = {
  query: [
    ...permissions.filter((permission) => permission.endsWith('.read') && !reserved.includes(permission)),
    'experts.ask',
    'diagnostics.run',
  ],
  billing: ['billing.read', 'billing.write'],
  agent: ['tickets.write', 'subscriptions.write'],
  security: permissions,
};

/**
 * What a permission needs besides a role. An account that is locked for its owner's safety is unlocked by somebody who has
 * verified who asks, and no program can have done that.
 */
export const permissionNeeds: Readonly<Partial<Record<Permission, Need>>> = {
  'security.write': 'person',
};

/** What the roles claimed in a token permit, by the roles' own names unless others are given. */
export function permissionsOf(claimed: readonly string[], names: RoleNames = {}): ReadonlySet<string> {
  return openRoles(permissionTable, names).permissionsOf(claimed);
}
