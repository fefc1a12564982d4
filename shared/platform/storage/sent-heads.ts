import type { TenantId } from '../identity/tenant.ts';
import { platformTenant } from './audit-store.ts';
import { recordCodec, text } from './codec.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { absentTableAs } from './marker.ts';
import { tableName } from './tables.ts';

/** Up to which sealed head the trail of each tenant was sent to another place. */
export interface SentHeads {
  /** 0 when nothing was sent yet. */
  read(tenant: TenantId): Promise<number>;
  write(tenant: TenantId, number: number): Promise<void>;
}

const partition = 'event-hub';
const codec = recordCodec<{ number: string }>({ number: text });

/** In a table of its own: a restored trail does not take it back. */
export function sentHeads(storage: Storage): SentHeads {
  const table = storage.table(tableName(platformTenant, 'SentHeads'));
  const made = ensured(table);
  return {
    async read(tenant) {
      const row = await absentTableAs(undefined, () => table.get(partition, tenant));
      return row === undefined ? 0 : Number(codec.decode(row.properties).number);
    },
    async write(tenant, number) {
      const properties = codec.encode({ number: String(number) });
      await (await made()).transactRepeatable([
        { upsert: { partitionKey: partition, rowKey: tenant, properties } },
      ]);
    },
  };
}
