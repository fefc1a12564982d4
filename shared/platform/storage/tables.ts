import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';

/**
 * The tables that the platform fills. Approvals: what waits for a second person; Audit: who did what; Budgets: what experts used; Confirmations: what was used once;
 * Conversations: what experts remember; Jobs: long work; People: accounts, where the service has them itself; Questions:
 * what long questions to experts have come to; Relay: messages between instances; SignIns: what of sign-ins was used.
 */
export const serviceTables = [
  'Approvals',
  'Audit',
  'Budgets',
  'Confirmations',
  'Conversations',
  'Jobs',
  'People',
  'Questions',
  'Relay',
  'SignIns',
] as const;

/** Tables of any business's data that the platform reads. Counters: ids that are taken; Meta: where the data came from. */
export const commonTables = ['Knowledge', 'Counters', 'Meta'] as const;

/**
 * Name of a tenant's table, such as `acmeJobs`. No table's name is the end of another one's, so the tables of two
 * tenants can never have the same name.
 */
export function tableName(tenant: TenantId, table: string): string {
  return `${tenant}${table}`;
}

/** Creates those of the tenant's tables that do not exist yet. */
export async function ensureTables(
  storage: Storage,
  tenant: TenantId,
  tables: readonly string[],
): Promise<void> {
  await Promise.all(tables.map((table) => storage.table(tableName(tenant, table)).ensure()));
}
