/** Everything that a caller can be allowed to do. */
export const permissions = [
  'customers.read',
  'subscriptions.read',
  'subscriptions.write',
  'billing.read',
  'billing.write',
  'usage.read',
  'catalog.read',
  'orders.read',
  'tickets.read',
  'tickets.write',
  'knowledge.read',
  'security.read',
  'security.write',
  'experts.ask',
  'diagnostics.run',
] as const;

export type Permission = (typeof permissions)[number];

const keys = new WeakMap<ReadonlySet<Permission>, string>();

/** The same text for equal sets, whatever their order: what is computed per set is kept under it. */
export function permissionsKey(set: ReadonlySet<Permission>): string {
  const key = keys.get(set) ?? [...set].sort().join(' ');
  keys.set(set, key);
  return key;
}
