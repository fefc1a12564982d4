import type { Table } from '#platform/storage/table';
import type { Slots } from './slots.ts';

/** The requests of a table that the task hub makes. */
export type HubTable = Pick<Table, 'ensure' | 'get' | 'list' | 'pages' | 'transact' | 'transactRepeatable'>;

/**
 * A table to which only so many requests are sent at the same time. A hundred instances that move at once would otherwise all wait in
 * storage, and run into the time that a request may take.
 */
export function gatedTable(table: Table, slots: Slots): HubTable {
  return {
    ensure: () => table.ensure(),
    get: (partitionKey, rowKey) => slots.run(() => table.get(partitionKey, rowKey)),
    list: (filter) => slots.run(() => table.list(filter)),
    // A page at a time; used for keys only.
    pages: (query) => table.pages(query),
    transact: (steps) => slots.run(() => table.transact(steps)),
    transactRepeatable: (steps) => slots.run(() => table.transactRepeatable(steps)),
  };
}
