import type { PermissionTable } from '#platform/access/roles';

/** Everything that a caller can be allowed to do. */
const ofStaff = ['books.read', 'books.lend', 'stock.take', 'advice.ask'] as const;
const permissions = [...ofStaff, 'membership.read'] as const;
export type Permission = (typeof permissions)[number];

type Role = 'reader' | 'librarian' | 'member';

/** What each role may do. Whatever is not written here is denied. */
export const permissionTable: PermissionTable & Readonly<Record<Role, readonly Permission[]>> = {
  reader: ['books.read', 'advice.ask'],
  librarian: ofStaff,
  /** Somebody with an own card, who may ask what the register has of them. */
  member: ['books.read', 'membership.read'],
};
