import { openTenantStore, type WarmableTenantStore } from '#contoso/stores/open-tenant-store';
import { createKnowledgeSearch } from '#platform/knowledge/lexical';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import { raiseCounter } from '#platform/storage/counters';
import { tableName } from '#platform/storage/tables';
import type { Dataset } from '../../seed/writing/dataset.ts';
import { rowsOfDataset } from '../../seed/writing/dataset-rows.ts';
import { memoryCall, tenant } from '../subjects/memory-call.ts';
import { customerOf, fillDirectory } from './customers.ts';
import { type MemoryStorage, memoryStorage } from './memory/storage.ts';

/** Tables whose partitions belong to one customer, one subscription or a hundred ids each: however many others there are, they are not read. */
const apart: ReadonlySet<string> = new Set(['Accounts', 'Usage', 'Lookup']);

/** New ids begin above those of the demo data. */
const aboveAllIds = 1_000_000;

/** A tenant with many customers, in memory. */
export interface GrownTenant {
  readonly storage: MemoryStorage;
  readonly store: WarmableTenantStore;
  readonly call: ToolCall;
}

/** The demo data, in a directory of as many customers. */
export async function grownTenant(data: Dataset, customers: number): Promise<GrownTenant> {
  const storage = memoryStorage();
  for (const { table, rows } of rowsOfDataset(data)) {
    const client = storage.client(tableName(tenant, table));
    client.isPart = apart.has(table);
    for (const { partitionKey, rowKey, properties } of table === 'Directory' ? [] : rows) {
      client.partition(partitionKey).set(rowKey, { etag: '0', properties });
    }
  }
  fillDirectory(storage, tenant, customers, partitionsOfSearches);
  for (const kind of ['payment', 'ticket', 'securityEvent']) {
    await raiseCounter(storage.table(tableName(tenant, 'Counters')), kind, aboveAllIds);
  }
  const common = await memoryCall();
  const store = openTenantStore(storage, tenant, common.now);
  return { storage, store, call: { ...common, store, knowledge: createKnowledgeSearch(store.knowledge) } };
}

const known = customerOf(137);

/** What is searched for, by what it is. */
export const searches: Readonly<Record<string, string>> = {
  'a first name': known.first_name,
  'a last name': known.last_name,
  'a full name': `${known.first_name} ${known.last_name}`,
  'four letters of a name': known.last_name.slice(0, 4),
  'one letter': known.last_name.slice(0, 1),
  'an e-mail address': known.email,
  'a phone number': known.phone,
  'a city': 'city: bace falls',
  'a plan': 'plan: 3',
  'an id': '137',
};

/** Partitions that those searches read; the whole index of millions would take gigabytes. */
const partitionsOfSearches: ReadonlySet<string> = new Set([
  'customer',
  ...[known.first_name, known.last_name, known.email, '1'].map(
    (text) => `text:${text.charAt(0).toLowerCase()}`,
  ),
  `phone:${known.phone.slice(-1)}`,
  'city:b',
  'plan:0',
]);
