import { odata } from '@azure/data-tables';
import type { Head } from '../access/audit-heads.ts';
import type { TenantId } from '../identity/tenant.ts';
import { recordCodec, text } from './codec.ts';
import type { Storage } from './connect.ts';
import { absentTableAs } from './marker.ts';
import { tableName } from './tables.ts';

export interface AuditHeadStore {
  /** In their order. */
  read(tenant: TenantId): Promise<readonly Head[]>;
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
    async read(tenant) {
      const rows = await absentTableAs([], () =>
        tableOf(tenant).list(odata`PartitionKey eq ${headPartition}`),
      );
      return rows.map(({ properties }) => codec.decode(properties));
    },
    async add(tenant, number, head) {
      const rowKey = String(number).padStart(9, '0');
      await tableOf(tenant).transact([
        { insert: { partitionKey: headPartition, rowKey, properties: codec.encode(head) } },
      ]);
    },
  };
}
