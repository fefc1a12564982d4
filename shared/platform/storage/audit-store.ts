import { odata } from '@azure/data-tables';
import type { AuditEntry, AuditStore } from '../access/audit.ts';
import { addDays, dayOf } from '../dates.ts';
import { type TenantId, tenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { absentTableAs } from './marker.ts';
import { removeMatching } from './remove-rows.ts';
import { type StoredRow, type Table, transactionLimit, type Write } from './table.ts';
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
  read(query: AuditQuery): AsyncIterable<AuditEntry>;
  /**
   * Removes the entries of whole days, the oldest first, for a timer.
   * @param day `YYYY-MM-DD`, the first that is kept
   * @returns how many
   */
  removeBefore(tenant: TenantId, day: string, enough?: AbortSignal): Promise<number>;
}

/** The audit trail in Table Storage: a table per tenant, a partition per day, rows in order of time. */
export function auditStore(storage: Storage): AuditStore & KeptAudit {
  const tables = new Map<TenantId, () => Promise<Table>>();
  const tableOf = (tenant: TenantId) => {
    const table = tables.get(tenant) ?? ensured(storage.table(tableName(tenant, 'Audit')));
    tables.set(tenant, table);
    return table();
  };
  return {
    async write(entries) {
      for (const [tenant, ofTenant] of groupBy(entries, ({ tenant: slug }) => slug ?? platformTenant)) {
        const table = await tableOf(tenantId(tenant));
        for (const ofDay of groupBy(ofTenant, dayOfEntry).values()) {
          for (const batch of batches(ofDay)) {
            await table.transactRepeatable(batch.map(toUpsert));
          }
        }
      }
    },
    async *read({ tenant, since, now }) {
      const table = storage.table(tableName(tenant, 'Audit'));
      for (const day of daysBetween(since, now)) {
        const filter = odata`PartitionKey eq ${day} and RowKey ge ${since.toISOString()}`;
        for (const row of await absentTableAs([], () => table.list(filter))) {
          yield toEntry(row, tenant);
        }
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

/** Only partitions that are days are ever removed. */
const firstDay = '2000-01-01';

const dayOfEntry = ({ time }: AuditEntry) => time.slice(0, 10);

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key) ?? [];
    group.push(item);
    groups.set(key, group);
  }
  return groups;
}

/** A transaction may name a row only once: of two states of one entry, the later one counts. */
function batches(entries: readonly AuditEntry[]): AuditEntry[][] {
  const latest = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  const count = Math.ceil(latest.length / transactionLimit);
  return Array.from({ length: count }, (_, index) =>
    latest.slice(index * transactionLimit, (index + 1) * transactionLimit),
  );
}

function toUpsert(entry: AuditEntry): Write {
  const { tenant: _tenant, durationMs, count, inputTokens, outputTokens, cost, currency, ...texts } = entry;
  const numbers = { durationMs, count, inputTokens, outputTokens, cost };
  return {
    upsert: {
      partitionKey: texts.time.slice(0, 10),
      rowKey: `${texts.time}:${texts.id}`,
      properties: {
        ...texts,
        ...(currency !== undefined && { currency }),
        ...Object.fromEntries(
          Object.entries(numbers).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, { type: 'Double' as const, value }]],
          ),
        ),
      },
    },
  };
}

function toEntry({ properties }: StoredRow, tenant: TenantId): AuditEntry {
  return { ...(properties as unknown as AuditEntry), tenant: tenant === platformTenant ? undefined : tenant };
}

function daysBetween(since: Date, now: Date): string[] {
  const days: string[] = [];
  for (let day = dayOf(since); day <= dayOf(now); ) {
    days.push(day);
    day = addDays(day, 1);
  }
  return days;
}
