import { paddedId } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import type { NewRow, Table } from '#platform/storage/table';
import type { UsageDay } from '../rules/model.ts';
import { usageDay } from './records.ts';
import type { UsageStore } from './tenant-store.ts';

/** A subscription's days: its id is the partition, the date is the row. */
export function usageStore(table: Table): UsageStore {
  return {
    async between(subscriptionId, start, end) {
      const rows = await table.list(
        odata`PartitionKey eq ${paddedId(subscriptionId)} and RowKey ge ${start} and RowKey le ${end}`,
      );
      return rows.map((row) => usageDay.decode(row.properties));
    },
  };
}

/** The row that holds one day of a subscription. */
export function usageRow(subscriptionId: number, day: UsageDay): NewRow {
  return {
    partitionKey: paddedId(subscriptionId),
    rowKey: day.usage_date,
    properties: usageDay.encode(day),
  };
}
