import type { Need } from '#platform/access/permissions';
import { openRoles, type RoleNames } from '#platform/access/roles';
import { type Permission, permissions } from './permissions.ts';

/** The app roles a customer's administrator can assign. */
export const roles = ['query', 'billing', 'agent', 'security', 'approver'] as const;
export type Role = (typeof roles)[number];

/** What the role security alone may do. Every other permission belongs to some other role; a test sees to it. */
export const reserved: readonly Permission[] = ['security.read', 'security.write', 'trail.read'];

/** What no other role has: whoever is to approve what others ask for is given this role for it, security as well. */
const decides: Permission = 'approvals.decide';

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
  security: permissions.filter((permission) => permission !== decides),
  approver: [decides],
};

/**
 * What a permission needs besides a role. An account that is locked for its owner's safety is unlocked by somebody who has
 * verified who asks, and no program can have done that. What people did is read by people. And what waits for a second
 * person is approved by a person who did not ask for it.
 */
export const permissionNeeds: Readonly<Partial<Record<Permission, Need>>> = {
  'security.write': 'person',
  'trail.read': 'person',
  [decides]: 'another_person',
};

/** For what pages list of the service itself: one's own diagnoses and questions, one's own payments that wait, the trail. */
export const overviewPermissions = {
  jobs: 'diagnostics.run',
  requests: 'billing.write',
  trail: 'trail.read',
} as const satisfies Readonly<Record<string, Permission>>;

/** What the roles claimed in a token permit, by the roles' own names unless others are given. */
export function permissionsOf(claimed: readonly string[], names: RoleNames = {}): ReadonlySet<string> {
  return openRoles(permissionTable, names).permissionsOf(claimed);
}
