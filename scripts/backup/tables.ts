import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';

/**
 * Tables of work under way: without the engine's own state, which is no table, it cannot go on, and whoever asks for it is told
 * so. Messages between instances live for seconds, and what experts may use begins anew every day.
 */
const leftOut: ReadonlySet<string> = new Set(['Approvals', 'Budgets', 'Jobs', 'Questions', 'Relay']);

/** Written last: it says that the data are complete. */
const last = 'Meta';

/** The audit trail: its rows do not belong together, and are only ever added. */
export const growing: ReadonlySet<string> = new Set(['Audit']);

/**
 * Tables that a restore adds to, and removes nothing from: what was used once stays used, and what was done stays on record.
 */
export const onlyAddedTo: ReadonlySet<string> = new Set(['Audit', 'Confirmations', 'Counters', 'SignIns']);

/** The tables of a tenant that a back-up has, by their names without the tenant, in the order in which they are restored. */
export async function tablesOf(storage: Storage, tenant: TenantId): Promise<readonly string[]> {
  const names = await storage.tableNames();
  return names
    .filter((name) => name.startsWith(tenant))
    .map((name) => name.slice(tenant.length))
    .filter((name) => /^[A-Z]/.test(name) && !leftOut.has(name)) // a longer slug goes on in lower case
    .sort((a, b) => Number(a === last) - Number(b === last) || (a < b ? -1 : 1));
}
