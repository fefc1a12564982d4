import type { Permission } from './permissions.ts';

/** What each role may do, by the name that the business gives the role. What is not written in it is denied. */
export type PermissionTable = Readonly<Record<string, readonly Permission[]>>;

/** How the roles are called in the tenants' tokens: an administrator may have other names for them. */
export type RoleNames<Role extends string = string> = Readonly<Record<Role, string>>;

/** The roles of a business: who may do what, under the names that tokens have for them. */
export interface Roles {
  /** All of them, as the business names them. */
  readonly all: readonly string[];
  /** What a token has for a role. */
  claimOf(role: string): string;
  /** Those of our roles that the claimed names stand for. Unknown names stand for nothing. */
  rolesOf(claimed: readonly string[]): readonly string[];
  /** The union of what the claimed names grant. */
  permissionsOf(claimed: readonly string[]): ReadonlySet<Permission>;
}

/** @param names for the roles that tokens call otherwise than the business does */
export function openRoles(table: PermissionTable, names: RoleNames = {}): Roles {
  const all = Object.keys(table);
  const claimOf = (role: string) => names[role] ?? role;
  const rolesOf = (claimed: readonly string[]) => all.filter((role) => claimed.includes(claimOf(role)));
  return {
    all,
    claimOf,
    rolesOf,
    permissionsOf: (claimed) => new Set(rolesOf(claimed).flatMap((role) => table[role] ?? [])),
  };
}
