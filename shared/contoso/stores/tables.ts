import { commonTables } from '#platform/storage/tables';

/**
 * The tables of a tenant's business data, which a seed fills.
 * Accounts: a customer's records; Usage: a subscription's days; Directory: one summary row per customer;
 * Lookup: subscription or invoice id → customer id.
 */
export const dataTables = ['Accounts', 'Usage', 'Directory', 'Catalog', 'Lookup', ...commonTables] as const;
export type DataTable = (typeof dataTables)[number];
