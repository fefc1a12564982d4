import { beforeAll, expect, test } from 'vitest';
import { getAllCustomers } from '#contoso/tools/customers/get-all-customers';
import { InvalidInput } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('lists customers in the order of their ids, without phone and address', async () => {
  const { customers, next_cursor } = await company.ask(getAllCustomers, {});
  expect(customers.map((one) => one.customer_id)).toEqual([1, 2, 3]);
  expect(customers[0]).toEqual({
    customer_id: 1,
    first_name: 'Ada',
    last_name: 'Stone',
    email: 'ada.stone@example.com',
    loyalty_level: 'Gold',
  });
  expect(next_cursor).toBeUndefined();
});

test('pages to the end and shows everybody once', async () => {
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await company.ask(getAllCustomers, { limit: 1, ...(cursor && { cursor }) });
    seen.push(...page.customers.map((one) => one.customer_id));
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  expect(seen).toEqual([1, 2, 3]);
});

test.each([
  ['BEN', [2]],
  ['cleo.voss@', [3]],
  ['example.com', [1, 2, 3]],
  ["1' or '1'='1", []],
  ['%27', []],
])('a search for %j finds %j', async (search, ids) => {
  const { customers } = await company.ask(getAllCustomers, { search });
  expect(customers.map((one) => one.customer_id)).toEqual(ids);
});

test.each([{ limit: 0 }, { limit: 201 }, { search: '' }, { cursor: 'nonsense' }, { cursor: "x' or 'y" }])(
  'refuses %j',
  async (args) => {
    expect(await company.refusal(getAllCustomers, args)).toBeInstanceOf(InvalidInput);
  },
);
