import { beforeAll, describe, expect, test } from 'vitest';
import type { CustomerSummary } from '#contoso/rules/model';
import { directoryRow } from '#contoso/stores/directory-store';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { dataTables } from '#contoso/stores/tables';
import type { DirectoryStore } from '#contoso/stores/tenant-store';
import { countRoundTrips } from '#platform/storage/round-trips';
import { ensureTables, tableName } from '#platform/storage/tables';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallNow } from '../../support/small-dataset.ts';

const customers = 3_500;
let directory: DirectoryStore;

/** Every customer is a Lee; the last one is also the only Zoë. */
function summary(customer_id: number): CustomerSummary {
  return {
    customer_id,
    first_name: customer_id === customers ? 'Zoë' : 'Ann',
    last_name: 'Lee',
    email: `person.${customer_id}@example.com`,
    loyalty_level: 'Gold',
  };
}

/** A number of its own for each. */
function phoneOf({ customer_id }: CustomerSummary): string {
  return `+1-555-01${String(customer_id).padStart(5, '0')}`;
}

beforeAll(async () => {
  const storage = await testStorage();
  const tenant = freshTenant();
  await ensureTables(storage, tenant, dataTables);
  const table = storage.table(tableName(tenant, 'Directory'));
  for (let first = 1; first <= customers; first += 100) {
    const batch = Array.from({ length: 100 }, (_, position) => summary(first + position));
    await table.transactRepeatable(
      batch.map((value) => ({ upsert: directoryRow({ ...value, phone: phoneOf(value) }) })),
    );
  }
  directory = openTenantStore(storage, tenant, () => smallNow).directory;
});

/** Follows the cursors to the end. */
async function readAll(query: { search?: string; limit: number }): Promise<CustomerSummary[][]> {
  const pages: CustomerSummary[][] = [];
  let cursor: string | undefined;
  do {
    const page = await directory.page({ ...query, cursor });
    pages.push(page.customers);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

const everybody = Array.from({ length: customers }, (_, position) => position + 1);
const idsIn = (pages: CustomerSummary[][]) => pages.flat().map((customer) => customer.customer_id);

describe('paging', () => {
  test('to the end sees everyone once, in the order of ids', async () => {
    const pages = await readAll({ limit: 200 });
    expect(idsIn(pages)).toEqual(everybody);
    expect(pages.at(-1)).toHaveLength(100);
  });

  test('with a search that everyone matches sees everyone once', async () => {
    expect(idsIn(await readAll({ search: 'lee', limit: 170 }))).toEqual(everybody);
  });

  test('a list that ends with a full page has no cursor to an empty one', async () => {
    const pages = await readAll({ limit: 175 });
    expect(pages.map((page) => page.length)).toEqual(Array.from({ length: 20 }, () => 175));
  });

  test('costs one round trip without a search', async () => {
    const { result, count } = await countRoundTrips(() => directory.page({ limit: 200 }));
    expect(result.customers).toHaveLength(200);
    expect(count).toBe(1);
  });
});

describe('search', () => {
  test('looks at three thousand customers and then says where to go on', async () => {
    const { result, count } = await countRoundTrips(() => directory.page({ search: 'zoë', limit: 10 }));
    expect(result.customers).toEqual([]);
    expect(count).toBe(3);
    const rest = await directory.page({ search: 'zoë', limit: 10, cursor: result.cursor });
    expect(rest).toEqual({ customers: [summary(customers)] });
  });

  test.each(['person.1234@', 'PERSON.1234@EXAMPLE', ' person.1234@example.com '])(
    '"%s" finds an e-mail whatever its case',
    async (search) => {
      expect((await directory.page({ search, limit: 10 })).customers).toEqual([summary(1234)]);
    },
  );

  test('a name is found across first and last name, and an id by its digits', async () => {
    expect(idsIn(await readAll({ search: 'zoe\u0308 lee', limit: 10 }))).toEqual([customers]);
    expect((await directory.page({ search: '2999', limit: 10 })).customers).toEqual([summary(2999)]);
  });

  test.each(["1' or '1'='1", '%27', "' or PartitionKey ne '", '日本語', '\u0000'.padEnd(3, '\u2028x'), '*'])(
    'the hostile text "%s" is only a text that nobody has',
    async (search) => {
      expect(idsIn(await readAll({ search, limit: 10 }))).toEqual([]);
    },
  );

  test('blank is no search', async () => {
    expect((await directory.page({ search: '  ', limit: 2 })).customers).toEqual([summary(1), summary(2)]);
  });
});

test('a whole telephone number finds its customer, however it is written; a part of one does not', async () => {
  expect(idsIn(await readAll({ search: '+1 (555) 0100017', limit: 5 }))).toEqual([17]);
  expect(idsIn(await readAll({ search: '555-0100017', limit: 5 }))).toEqual([17]);
  expect(idsIn(await readAll({ search: '00017', limit: 5 }))).toEqual([]);
});
