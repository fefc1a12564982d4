import { describe, expect, test } from 'vitest';
import { customerOf, fillDirectory, subscriptionsOf } from '#bench/growth/customers';
import { type MemoryStorage, memoryStorage } from '#bench/growth/memory/storage';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import type { DirectoryStore } from '#contoso/stores/tenant-store';
import { InvalidInput } from '#platform/errors';
import { tenantId } from '#platform/identity/tenant';
import { encodeCursor, encodeKeyCursor } from '#platform/storage/cursor';
import { countRoundTrips } from '#platform/storage/round-trips';

const tenant = tenantId('grown');
const one = customerOf(137);

const searches = {
  'a first name': one.first_name,
  'a last name': one.last_name,
  'the beginning of a name': one.last_name.slice(0, 4),
  'a full name': `${one.first_name} ${one.last_name}`,
  'an e-mail address': one.email,
  'a phone number': one.phone,
  'a city': 'city: ba',
  'a plan': 'plan: 3',
  'an id': '137',
  'one letter': 'm',
};

function grown(customers: number): { storage: MemoryStorage; directory: DirectoryStore } {
  const storage = memoryStorage();
  fillDirectory(storage, tenant, customers);
  return { storage, directory: openTenantStore(storage, tenant, () => new Date(0)).directory };
}

const [small, large] = [grown(250), grown(25_000)];

async function costOf({ storage, directory }: typeof small, search: string) {
  await directory.page({ search: 'nobody at all', limit: 1 }); // the first search sees how large it is
  await directory.page({ search: 'plan: 1', limit: 1 }); // and the first by plan that all are in the index
  storage.use.rowsRead = 0;
  const { result, count } = await countRoundTrips(() => directory.page({ search, limit: 50 }));
  return {
    roundTrips: count,
    rowsRead: storage.use.rowsRead,
    ids: result.customers.map((c) => c.customer_id),
  };
}

async function everyPage(search: string, limit: number): Promise<number[][]> {
  const pages: number[][] = [];
  let cursor: string | undefined;
  do {
    const page = await large.directory.page({ search, limit, cursor });
    pages.push(page.customers.map(({ customer_id }) => customer_id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

const idsWhere = (matches: (customer: ReturnType<typeof customerOf>) => boolean) =>
  Array.from({ length: 25_000 }, (_, place) => customerOf(place + 1))
    .filter(matches)
    .map(({ customer_id }) => customer_id);

test.each(Object.entries(searches))(
  'a search by %s costs the same with 250 and with 25,000 customers',
  async (_by, search) => {
    const few = await costOf(small, search);
    const many = await costOf(large, search);
    expect(few.roundTrips).toBe(2);
    expect(many.roundTrips).toBe(2);
    expect(few.rowsRead).toBeLessThanOrEqual(250);
    expect(many.rowsRead).toBeLessThanOrEqual(401);
  },
);

test.each(['a first name', 'a full name', 'an e-mail address', 'a phone number', 'an id'] as const)(
  '%s finds its customer among 25,000',
  async (by) => {
    const pages = await everyPage(searches[by], 50);
    expect(pages.flat()).toContain(137);
  },
);

describe('among many customers', () => {
  test('who is found by the beginning of a word comes in the order of ids, page by page', async () => {
    const search = one.last_name;
    const expected = idsWhere(({ last_name }) => last_name === search);
    expect(expected.length).toBeGreaterThan(3);
    expect((await everyPage(search, 2)).flat()).toEqual(expected);
  });

  test('of more than are put in order at once everybody is seen once, each page in the order of ids', async () => {
    const expected = idsWhere(({ first_name, last_name }) => /^m/i.test(first_name) || /^m/i.test(last_name));
    expect(expected.length).toBeGreaterThan(1_000);
    const pages = await everyPage('M', 170);
    expect(pages.flat().toSorted((a, b) => a - b)).toEqual(expected);
    expect(pages).toEqual(pages.map((page) => page.toSorted((a, b) => a - b)));
    expect(await everyPage('M', 170)).toEqual(pages);
  });

  test('a city is found by the beginning of its name', async () => {
    const expected = idsWhere(({ address }) => /, Bace Falls,/.test(address));
    expect(expected.length).toBeGreaterThan(0);
    expect((await everyPage('City: bace f', 200)).flat()).toEqual(expected);
  });

  test('a plan finds everybody who has it once, in the order of ids, and nobody else', async () => {
    const expected = idsWhere((customer) =>
      subscriptionsOf(customer).some(({ product_id }) => product_id === 8),
    );
    expect(expected.length).toBeGreaterThan(1_000);
    expect((await everyPage('plan: 8', 200)).flat()).toEqual(expected);
    expect((await everyPage('plan: 80', 200)).flat()).toEqual([]);
  });

  test('of a number, a part finds nobody', async () => {
    expect((await everyPage(one.phone.slice(-5), 50)).flat()).not.toContain(137);
  });

  test.each([
    ['a place in another search', encodeCursor(5, 'other')],
    ['a row of another search', encodeKeyCursor('zz:0000000001', 'm')],
    ['a filter', encodeKeyCursor("m' or '1' eq '1", 'm')],
    ['an id where pages go by rows', encodeCursor(5, 'm')],
  ])('%s is no cursor', async (_what, cursor) => {
    await expect(large.directory.page({ search: 'm', limit: 5, cursor })).rejects.toThrow(InvalidInput);
  });
});

test('a row is no place in a list that goes by ids', async () => {
  const cursor = encodeKeyCursor('m:0000000001', 'm');
  await expect(small.directory.page({ search: 'm', limit: 5, cursor })).rejects.toThrow(InvalidInput);
});
