import { odata } from '@azure/data-tables';
import { StaleWrite } from '#platform/storage/stale-write';
import type { StoredRow } from '#platform/storage/table';
import type { HubTable } from './gated-table.ts';
import { FINAL_STATUSES } from './protocol.ts';
import type { DurableStore, IndexEntry, IndexFilter } from './store.ts';
import { INDEX, instanceKey, prefixRange } from './table-keys.ts';

/** Table `<hub>Instances`: one row per instance, written when it starts, changes hands and ends. */
export function tableIndex(instances: HubTable): Pick<DurableStore, 'list' | 'index' | 'removeFromIndex'> {
  return {
    async list(filter) {
      return (await instances.list(condition(filter))).map(toEntry);
    },
    async index({ instanceId, createdTime, finalStatus, hostId }) {
      const properties = { instanceId, createdTime, finalStatus: finalStatus ?? '', hostId };
      const row = { partitionKey: instanceKey(instanceId), rowKey: INDEX, properties };
      await instances.transactRepeatable([{ upsert: row }]);
    },
    async removeFromIndex(instanceId) {
      try {
        await instances.transact([{ remove: { partitionKey: instanceKey(instanceId), rowKey: INDEX } }]);
      } catch (error) {
        if (!(error instanceof StaleWrite)) {
          throw error;
        }
      }
    },
  };
}

function condition({ createdFrom, createdTo, instanceIdPrefix, after, unfinished }: IndexFilter): string {
  const prefix = prefixRange(instanceKey(instanceIdPrefix ?? ''));
  const conditions = [
    odata`RowKey eq ${INDEX}`,
    createdFrom !== undefined && odata`createdTime ge ${createdFrom}`,
    createdTo !== undefined && odata`createdTime le ${createdTo}`,
    instanceIdPrefix !== undefined &&
      odata`PartitionKey ge ${prefix.from} and PartitionKey lt ${prefix.below}`,
    after !== undefined && odata`PartitionKey gt ${instanceKey(after)}`,
    unfinished === true && odata`finalStatus eq ${''}`,
  ];
  return conditions.filter((text) => text !== false).join(' and ');
}

function toEntry({ properties }: StoredRow): IndexEntry {
  return {
    instanceId: String(properties.instanceId),
    createdTime: String(properties.createdTime),
    finalStatus: FINAL_STATUSES.find((status) => status === properties.finalStatus),
    hostId: String(properties.hostId),
  };
}
