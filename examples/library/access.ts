import type { PermissionTable } from '#platform/access/roles';

/** Everything that a caller can be allowed to do. */
const permissions = ['books.read', 'books.lend', 'stock.take', 'advice.ask'] as const;
export type Permission = (typeof permissions)[number];

type Role = 'reader' | 'librarian';

/** What each role may do. Whatever is not written here is denied. */
export const permissionTable: PermissionTable & Readonly<Record<Role, readonly Permission[]>> = {
  reader: ['books.read', 'advice.ask'],
  librarian: permissions,
};
