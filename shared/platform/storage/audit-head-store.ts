import type { Head } from '../access/audit-heads.ts';
import type { TenantId } from '../identity/tenant.ts';
import { recordCodec, text } from './codec.ts';
import type { Storage } from './connect.ts';
import { absentTableAs } from './marker.ts';
import { odata } from './odata.ts';
import { tableName } from './tables.ts';

/** A head, with the number under which it is kept. */
export interface KeptHead extends Head {
  readonly number: number;
}

export interface AuditHeadStore {
  /**
   * In their order.
   * @param writtenSince leaves out those that are older; all when left out
   */
  read(tenant: TenantId, writtenSince?: Date): Promise<readonly KeptHead[]>;
  /**
   * Keeps the next head.
   * @param number counts from 1
   * @throws StaleWrite when there is one of this number
   */
  add(tenant: TenantId, number: number, head: Head): Promise<void>;
}

/** Beside the days of the trail; no day has this name, so no head is removed with one. */
export const headPartition = 'heads';
const codec = recordCodec<Head>({ text, signature: text });

/** The signed heads of the trail, in the table of the trail. */
export function auditHeadStore(storage: Storage): AuditHeadStore {
  const tableOf = (tenant: TenantId) => storage.table(tableName(tenant, 'Audit'));
  return {
    async read(tenant, writtenSince) {
      const filter =
        writtenSince === undefined
          ? odata`PartitionKey eq ${headPartition}`
          : odata`PartitionKey eq ${headPartition} and Timestamp ge ${writtenSince}`;
      const rows = await absentTableAs([], () => tableOf(tenant).list(filter));
      return rows.map(({ rowKey, properties }) => ({ ...codec.decode(properties), number: Number(rowKey) }));
    },
    async add(tenant, number, head) {
      const rowKey = String(number).padStart(9, '0');
      await tableOf(tenant).transact([
        { insert: { partitionKey: headPartition, rowKey, properties: codec.encode(head) } },
      ]);
    },
  };
}
