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
  'trail.read',
  'experts.ask',
  'diagnostics.run',
  'approvals.decide',
] as const;

export type Permission = (typeof permissions)[number];
