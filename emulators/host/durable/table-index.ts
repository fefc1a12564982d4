import { odata } from '@azure/data-tables';
import type { HubTable, Row } from './hub-table.ts';
import { FINAL_STATUSES } from './protocol.ts';
import type { DurableStore, IndexEntry, IndexFilter } from './store.ts';
import { INDEX, instanceKey } from './table-keys.ts';

/** Table `<hub>Instances`: one row per instance, written when it starts, changes hands and ends. */
export function tableIndex(instances: HubTable): Pick<DurableStore, 'list' | 'index' | 'removeFromIndex'> {
  return {
    async list(filter) {
      return (await instances.list(condition(filter))).map(toEntry);
    },
    async index({ instanceId, createdTime, finalStatus, hostId }) {
      const properties = { instanceId, createdTime, finalStatus: finalStatus ?? '', hostId };
      await instances.put({ partitionKey: instanceKey(instanceId), rowKey: INDEX, properties });
    },
    async removeFromIndex(instanceId) {
      await instances.remove(instanceKey(instanceId), [INDEX]);
    },
  };
}

function condition({ after, unfinished }: IndexFilter): string {
  const conditions = [
    odata`RowKey eq ${INDEX}`,
    after !== undefined && odata`PartitionKey gt ${instanceKey(after)}`,
    unfinished === true && odata`finalStatus eq ${''}`,
  ];
  return conditions.filter((text) => text !== false).join(' and ');
}

function toEntry({ properties }: Row): IndexEntry {
  return {
    instanceId: String(properties.instanceId),
    createdTime: String(properties.createdTime),
    finalStatus: FINAL_STATUSES.find((status) => status === properties.finalStatus),
    hostId: String(properties.hostId),
  };
}
