import { beforeAll, expect, test } from 'vitest';
import { getProducts } from '#contoso/tools/catalog/get-products';
import { InvalidInput } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows all products, in the order of their ids', async () => {
  const { products } = await company.ask(getProducts, {});
  expect(products.map((one) => [one.product_id, one.monthly_fee])).toEqual([
    [1, 50],
    [2, 60],
    [3, 90],
    [4, 20],
  ]);
});

test('shows one category when asked', async () => {
  const { products } = await company.ask(getProducts, { category: 'addon' });
  expect(products.map((one) => one.name)).toEqual(['Roaming']);
});

test('refuses a category that does not exist, and says which do', async () => {
  const error = await company.refusal(getProducts, { category: 'television' });
  expect(error).toEqual(new InvalidInput('category must be one of mobile, internet, bundle, addon'));
});
