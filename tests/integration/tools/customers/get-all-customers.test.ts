import { beforeAll, expect, test } from 'vitest';
import { wantedPlan } from '#contoso/stores/search/plan';
import { getAllCustomers } from '#contoso/tools/customers/get-all-customers';
import { InvalidInput } from '#platform/errors';
import { aProduct } from '#tests/support/small-records';
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
  ['Plan: mobile', [1]],
  ['plan: internet plan', [2]],
  ['plan: 3', [1]],
  ['plan: roaming', []],
  ['plan: 99', []],
])('a search for %j finds %j', async (search, ids) => {
  const { customers } = await company.ask(getAllCustomers, { search });
  expect(customers.map((one) => one.customer_id)).toEqual(ids);
});

test('of a plan that is not named as any, or as several are, it says what to do', async () => {
  expect(await company.refusal(getAllCustomers, { search: 'plan: fibre' })).toEqual(
    new InvalidInput('No plan has a name that begins so; call get_products to see the plans.'),
  );
  const [one, other] = [
    { product_id: 7, name: 'Fast 100' },
    { product_id: 8, name: 'Fast 500' },
  ];
  const several = wantedPlan('plan: fast', async () => [aProduct(one), aProduct(other)]);
  await expect(several).rejects.toThrow(
    'Several plans begin so; search for one of them: Fast 100 (plan: 7), Fast 500 (plan: 8).',
  );
});

test.each([{ limit: 0 }, { limit: 201 }, { search: '' }, { cursor: 'nonsense' }, { cursor: "x' or 'y" }])(
  'refuses %j',
  async (args) => {
    expect(await company.refusal(getAllCustomers, args)).toBeInstanceOf(InvalidInput);
  },
);
