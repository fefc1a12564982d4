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

/** How the roles are called in the tenant's tokens; an administrator may have other names for them. */
export type RoleNames = Readonly<Record<Role, string>>;

export const defaultRoleNames: RoleNames = {
  query: 'query',
  billing: 'billing',
  agent: 'agent',
  security: 'security',
};

/** Those of our roles that the claimed names stand for. Unknown names stand for nothing. */
export function rolesOf(claimed: readonly string[], names: RoleNames = defaultRoleNames): readonly Role[] {
  return roles.filter((role) => claimed.includes(names[role]));
}

/** The union of what the named roles grant. */
export function permissionsOf(
  claimed: readonly string[],
  names: RoleNames = defaultRoleNames,
): ReadonlySet<Permission> {
  return new Set(rolesOf(claimed, names).flatMap((role) => permissionTable[role]));
}
