import type { Stoppable, SwitchedOff } from '../access/switches.ts';
import { type TenantId, tenantId } from '../identity/tenant.ts';
import { platformTenant } from './audit-store.ts';
import { recordCodec, text } from './codec.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { absentTableAs } from './marker.ts';
import { odata } from './odata.ts';
import { uncounted } from './round-trips.ts';
import { tableName } from './tables.ts';

/** Something that is off, and who switched it off. */
export interface SwitchRecord extends SwitchedOff {
  readonly by: string;
  readonly reason: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

export interface SwitchStore {
  /** Everything that is off, in the order of its keys. One round trip, which no caller is charged with. */
  read(): Promise<readonly SwitchRecord[]>;
  /** Switches something off. */
  add(record: SwitchRecord): Promise<void>;
  /** Switches something on; on already is no fault. */
  remove(off: SwitchedOff): Promise<void>;
}

const partition = 'off';
/** Stands for all tenants; no slug has it. */
const allTenants = '*';

const codec = recordCodec<{ tenant: string; what: string; by: string; reason: string; since: string }>({
  tenant: text,
  what: text,
  by: text,
  reason: text,
  since: text,
});

/**
 * What is off, of all tenants in one partition of one table, so that a process reads it with one request. The table is
 * made by the first turn: where nothing was ever switched there is none.
 */
export function switchStore(storage: Storage): SwitchStore {
  const table = storage.table(tableName(platformTenant, 'Switches'));
  const made = ensured(table);
  const filter = odata`PartitionKey eq ${partition}`;
  return {
    read: () =>
      uncounted(async () => {
        const rows = await absentTableAs([], () => table.list(filter));
        return rows.map(({ properties }) => {
          const { tenant, what, ...facts } = codec.decode(properties);
          return { ...facts, tenant: tenantOf(tenant), what: what as Stoppable };
        });
      }),
    async add({ tenant, ...facts }) {
      const slug = tenant ?? allTenants;
      const properties = codec.encode({ ...facts, tenant: slug });
      await (await made()).transactRepeatable([
        { upsert: { partitionKey: partition, rowKey: rowKeyOf({ tenant, what: facts.what }), properties } },
      ]);
    },
    async remove(off) {
      await (await made()).transactRepeatable([
        { remove: { partitionKey: partition, rowKey: rowKeyOf(off) } },
      ]);
    },
  };
}

function tenantOf(slug: string): TenantId | undefined {
  return slug === allTenants ? undefined : tenantId(slug);
}

function rowKeyOf({ tenant, what }: SwitchedOff): string {
  return `${tenant ?? allTenants} ${what}`;
}
