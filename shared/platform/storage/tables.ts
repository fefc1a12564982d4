import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';

/**
 * The tables of a tenant's business data, which a seed fills. No name is the end of another one, so the tables of two
 * tenants can never have the same name.
 * Accounts: a customer's records; Usage: a subscription's days; Directory: one summary row per customer;
 * Lookup: subscription or invoice id → customer id; Meta: where the data came from.
 */
export const dataTables = [
  'Accounts',
  'Usage',
  'Directory',
  'Catalog',
  'Knowledge',
  'Lookup',
  'Counters',
  'Meta',
] as const;
export type DataTable = (typeof dataTables)[number];

/**
 * The tables that the service itself fills. Audit: who did what; Confirmations: what was used once;
 * Conversations: what experts remember; Jobs: long work; Relay: messages between instances.
 */
export const serviceTables = ['Audit', 'Confirmations', 'Conversations', 'Jobs', 'Relay'] as const;
export type ServiceTable = (typeof serviceTables)[number];

/** Name of a tenant's table, such as `contosoAccounts`. */
export function tableName(tenant: TenantId, table: DataTable | ServiceTable): string {
  return `${tenant}${table}`;
}

/** Creates the tenant's data tables that do not exist yet. */
export async function ensureTables(storage: Storage, tenant: TenantId): Promise<void> {
  await Promise.all(dataTables.map((table) => storage.table(tableName(tenant, table)).ensure()));
}
