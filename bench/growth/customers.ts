import type { Customer } from '#contoso/rules/model';
import { directoryRow } from '#contoso/stores/directory-store';
import { customerKeys } from '#contoso/stores/search/customer-row';
import { keysOf } from '#contoso/stores/search/index-rows';
import { complete, indexStateRow } from '#contoso/stores/search/index-state';
import { listedOf } from '#contoso/stores/search/listed';
import { termsOf } from '#contoso/stores/search/terms';
import type { TenantId } from '#platform/identity/tenant';
import type { Properties, RowKeys } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import type { MemoryStorage } from './memory/storage.ts';

const syllables = [
  'ba',
  'ce',
  'do',
  'fi',
  'gu',
  'ha',
  'je',
  'ko',
  'li',
  'mu',
  'na',
  'pe',
  'ro',
  'si',
  'tu',
  'va',
];

/** The customer of a number, always the same one. Namesakes become more with the customers, as they do in life. */
export function customerOf(id: number): Customer {
  const mixed = Math.imul(id, 0x9e3779b1) >>> 0;
  const syllable = (place: number) => syllables[(mixed >>> (4 * place)) & 15] as string;
  const first_name = capital(`${syllable(0)}${syllable(1)}n`);
  const last_name = capital(`${syllable(2)}${syllable(3)}${syllable(4)}s`);
  return {
    customer_id: id,
    first_name,
    last_name,
    email: `${first_name}.${last_name}.${id}@mail.example`.toLowerCase(),
    phone: `+1-${String(2_000_000_000 + id).replace(/^(...)(...)/, '$1-$2-')}`,
    address: `${id} Harbour Road, ${capital(`${syllable(5)}${syllable(6)}`)} Falls, IL 62701`,
    loyalty_level: 'Gold',
  };
}

/** What subscriptions that customer has: one plan, or two, of the first nine products. */
export function subscriptionsOf({ customer_id: id }: Customer): { product_id: number }[] {
  return [{ product_id: 1 + (id % 7) }, ...(id % 5 === 0 ? [{ product_id: 8 + (id % 2) }] : [])];
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/**
 * Fills a tenant's directory, in memory, with customers 1 to `count`, as the seed writes them.
 * @param wanted partitions that are filled; all when left out. To have them all of millions takes gigabytes
 */
export function fillDirectory(
  storage: MemoryStorage,
  tenant: TenantId,
  count: number,
  wanted?: ReadonlySet<string>,
): void {
  const directory = storage.client(tableName(tenant, 'Directory'));
  const keys = new Map<string, string[]>();
  for (let id = 1; id <= count; id += 1) {
    for (const { partitionKey, rowKey } of keysInDirectory(customerOf(id))) {
      if (wanted === undefined || wanted.has(partitionKey)) {
        const ofPartition = keys.get(partitionKey) ?? [];
        ofPartition.push(rowKey);
        keys.set(partitionKey, ofPartition);
      }
    }
  }
  for (const [partitionKey, rowKeys] of keys) {
    directory.partition(partitionKey).fill(rowKeys, propertiesOf);
  }
  const state = indexStateRow(complete);
  directory.partition(state.partitionKey).set(state.rowKey, { etag: '1', properties: state.properties });
}

/** As those of `directoryRows`; the rest is made when it is read. */
function keysInDirectory(customer: Customer): RowKeys[] {
  const listed = listedOf(customer, subscriptionsOf(customer));
  const terms = termsOf(listed).map((term) => keysOf(term, customer.customer_id));
  return [customerKeys(customer.customer_id), ...terms];
}

/** Every row of a customer's says the same; its key ends with the id. */
function propertiesOf(rowKey: string): Properties {
  const customer = customerOf(Number(rowKey.slice(-10)));
  return directoryRow(customer, subscriptionsOf(customer)).properties;
}
