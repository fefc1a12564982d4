import type { AuditEntry, AuditStore } from '../access/audit.ts';
import { addDays, dayOf } from '../dates.ts';
import { groupBy } from '../group-by.ts';
import { type TenantId, tenantId } from '../identity/tenant.ts';
import { type PageQuery, pageOfTrail, type TrailPage } from './audit-pages.ts';
import { type AuditRow, ended, inOrderOfTime, partitionsOfDay, toAuditRow } from './audit-rows.ts';
import { AuditWriter } from './audit-writer.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { absentTableAs } from './marker.ts';
import { odata } from './odata.ts';
import { removeMatching } from './remove-rows.ts';
import type { StoredRow, Table } from './table.ts';
import { tableName } from './tables.ts';

/** Entries of callers that could not be verified belong to no tenant. The name cannot be a tenant's: settings refuse it. */
export const platformTenant = tenantId('platform');

export interface AuditQuery {
  readonly tenant: TenantId;
  /** The oldest entry wanted. */
  readonly since: Date;
  readonly now: Date;
}

/** What else can be done with the trail that is kept. */
export interface KeptAudit {
  /** Each entry once, as it ended. */
  read(query: AuditQuery): AsyncIterable<AuditEntry>;
  /** Some of the entries, the newest first. Reads a few thousand rows at most. */
  page(tenant: TenantId, query: PageQuery): Promise<TrailPage>;
  /**
   * Everything as it was written, of all days or from one on.
   * @param since `YYYY-MM-DD`
   */
  rows(tenant: TenantId, since?: string): AsyncIterable<AuditRow>;
  /**
   * Removes the entries of whole days, the oldest first, for a timer.
   * @param day `YYYY-MM-DD`, the first that is kept
   * @returns how many
   */
  removeBefore(tenant: TenantId, day: string, enough?: AbortSignal): Promise<number>;
}

/**
 * The audit trail in Table Storage: a table per tenant, sixteen partitions per day, each with its rows in order of time. Rows are only ever added;
 * each is bound to the one that its writer wrote before.
 */
export function auditStore(storage: Storage): AuditStore & KeptAudit {
  const tables = new Map<TenantId, () => Promise<Table>>();
  const tableOf = (tenant: TenantId) => {
    const table = tables.get(tenant) ?? ensured(storage.table(tableName(tenant, 'Audit')));
    tables.set(tenant, table);
    return table();
  };
  const writers = new Map<TenantId, AuditWriter>();
  const writerOf = (tenant: TenantId) => {
    const known = writers.get(tenant);
    const writer =
      known === undefined || known.isSlow ? new AuditWriter(tenant, () => tableOf(tenant)) : known;
    writers.set(tenant, writer);
    return writer;
  };
  return {
    async write(entries) {
      for (const [tenant, ofTenant] of groupBy(entries, ({ tenant: slug }) => slug ?? platformTenant)) {
        await writerOf(tenantId(tenant)).write(ofTenant);
      }
    },
    async *read({ tenant, since, now }) {
      const table = storage.table(tableName(tenant, 'Audit'));
      for (const day of daysBetween(since, now)) {
        const { from, below } = partitionsOfDay(day);
        const filter = odata`PartitionKey ge ${from} and PartitionKey lt ${below} and RowKey ge ${since.toISOString()}`;
        const rows = await absentTableAs([], () => table.list(filter));
        rows.sort(inOrderOfTime); // each partition is already
        yield* ended(rows.map((row) => toAuditRow(row, ownerOf(tenant))));
      }
    },
    page: (tenant, query) => pageOfTrail(storage.table(tableName(tenant, 'Audit')), ownerOf(tenant), query),
    async *rows(tenant, since = firstDay) {
      const table = storage.table(tableName(tenant, 'Audit'));
      const filter = odata`PartitionKey ge ${since} and PartitionKey lt ${afterDays}`;
      for await (const page of pagesOf(table, filter)) {
        yield* page.map((row) => toAuditRow(row, ownerOf(tenant)));
      }
    },
    removeBefore: (tenant, day, enough) =>
      absentTableAs(0, () =>
        removeMatching(
          storage.table(tableName(tenant, 'Audit')),
          odata`PartitionKey ge ${firstDay} and PartitionKey lt ${day}`,
          enough,
        ),
      ),
  };
}

/** Only partitions of days are ever removed; they sort before this. */
const firstDay = '2000-01-01';
const afterDays = 'a';

const ownerOf = (tenant: TenantId) => (tenant === platformTenant ? undefined : tenant);

async function* pagesOf(table: Table, filter: string): AsyncIterable<readonly StoredRow[]> {
  try {
    for await (const { rows } of table.pages({ filter })) {
      yield rows;
    }
  } catch (error) {
    // what is not there yet has no rows
    await absentTableAs(undefined, () => Promise.reject(error));
  }
}

function daysBetween(since: Date, now: Date): string[] {
  const days: string[] = [];
  for (let day = dayOf(since); day <= dayOf(now); ) {
    days.push(day);
    day = addDays(day, 1);
  }
  return days;
}
