/**
 * Something that a caller can be allowed to do, such as `records.read`. The business defines them; to the platform
 * they are only names.
 */
export type Permission = string;

/**
 * What a permission asks of who uses it, besides a role that has it. `person`: a person; no program can use it, whatever its
 * roles are. `another_person`: a person, and of what somebody asked for, not the one who asked.
 */
export type Need = 'person' | 'another_person';

/** The needs of permissions that have one. */
export type PermissionNeeds = Readonly<Record<Permission, Need>>;

const keys = new WeakMap<ReadonlySet<Permission>, string>();

/** The same text for equal sets, whatever their order: what is computed per set is kept under it. */
export function permissionsKey(set: ReadonlySet<Permission>): string {
  const key = keys.get(set) ?? [...set].sort().join(' ');
  keys.set(set, key);
  return key;
}
