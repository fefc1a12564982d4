import { randomUUID } from 'node:crypto';
import { paddedId } from '#platform/storage/keys';
import { absentTableAs } from '#platform/storage/marker';
import { odata } from '#platform/storage/odata';
import { removeRows } from '#platform/storage/remove-rows';
import type { RowKeys, StoredRow, Table } from '#platform/storage/table';
import { type Listed, listedCustomer, type PlansOf, plansOf } from './listed.ts';

/**
 * A customer's record is about to change, or has changed, and the index may not say so yet. Written before the change: as long
 * as it is there, what the index says of the customer is compared with the record.
 */
export interface Mark extends RowKeys {
  /** The customer as they are to be, as far as that changes. Rows of this may be in the index. */
  readonly value: Listed | PlansOf;
  /** ISO 8601. */
  readonly at: string;
}

/** All marks are together, so that one request reads them; mostly there are none. */
const partition = 'due';

/** One round trip. */
export async function markChanging(table: Table, value: Mark['value'], now: Date): Promise<Mark> {
  const mark = {
    partitionKey: partition,
    rowKey: `${paddedId(value.customer_id)}:${randomUUID()}`,
    value,
    at: now.toISOString(),
  };
  const { partitionKey, rowKey } = mark;
  const said = 'email' in value ? listedCustomer.encode(value) : plansOf.encode(value);
  const properties = { ...said, at: mark.at };
  await table.transact([{ insert: { partitionKey, rowKey, properties } }]);
  return mark;
}

/** One round trip; another for each thousand. */
export async function readMarks(table: Table): Promise<readonly Mark[]> {
  const rows = await absentTableAs([], () => table.list(odata`PartitionKey eq ${partition}`));
  return rows.map(toMark);
}

export async function removeMarks(table: Table, marks: readonly Mark[]): Promise<void> {
  await removeRows(marks, table);
}

function toMark({ partitionKey, rowKey, properties }: StoredRow): Mark {
  const value =
    properties.email === undefined ? plansOf.decode(properties) : listedCustomer.decode(properties);
  return { partitionKey, rowKey, value, at: String(properties.at) };
}
