import { LeastRecentlyUsed } from '#platform/caching/lru';
import { integer, recordCodec } from '#platform/storage/codec';
import { paddedId, recordKey } from '#platform/storage/keys';
import type { NewRow, Table } from '#platform/storage/table';

export type OwnedKind = 'subscription' | 'invoice';

/** Which customer a subscription or an invoice belongs to. */
export interface LookupStore {
  /** One round trip at most. An owner never changes, so what was found once is kept; what was not found is not. */
  owner(kind: OwnedKind, id: number): Promise<number | undefined>;
}

const ownerRecord = recordCodec<{ customer_id: number }>({ customer_id: integer });
const keptOwners = 10_000;
/** Ids per partition, so that a loader writes a full transaction of a hundred rows at a time. */
const idsPerPartition = 100;

export function lookupStore(table: Table): LookupStore {
  const known = new LeastRecentlyUsed<string, number>(keptOwners);
  return {
    async owner(kind, id) {
      const rowKey = recordKey(kind, id);
      const remembered = known.get(rowKey);
      if (remembered !== undefined) {
        return remembered;
      }
      const row = await table.get(lookupPartition(kind, id), rowKey);
      if (row === undefined) {
        return undefined;
      }
      const { customer_id } = ownerRecord.decode(row.properties);
      known.set(rowKey, customer_id);
      return customer_id;
    },
  };
}

/** The row that says whom a subscription or an invoice belongs to. */
export function lookupRow(kind: OwnedKind, id: number, customerId: number): NewRow {
  return {
    partitionKey: lookupPartition(kind, id),
    rowKey: recordKey(kind, id),
    properties: ownerRecord.encode({ customer_id: customerId }),
  };
}

function lookupPartition(kind: OwnedKind, id: number): string {
  return `${kind}:${paddedId(Math.floor(id / idsPerPartition) + 1)}`;
}
