import { paddedId } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import type { NewRow, RowKeys } from '#platform/storage/table';
import { type Listed, listedCustomer } from './listed.ts';

const partition = 'customer';

/** The row that lists a customer. It says what the index has of them, too. */
export function customerRow(customer: Listed): NewRow {
  return { ...customerKeys(customer.customer_id), properties: listedCustomer.encode(customer) };
}

export function customerKeys(customerId: number): RowKeys {
  return { partitionKey: partition, rowKey: paddedId(customerId) };
}

/** The filter for all customers, or those after one, in the order of their ids. */
export function customersAfter(after: number | undefined): string {
  const all = odata`PartitionKey eq ${partition}`;
  return after === undefined ? all : `${all} and ${odata`RowKey gt ${paddedId(after)}`}`;
}
