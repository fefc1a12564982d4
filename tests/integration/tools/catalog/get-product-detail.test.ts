import { beforeAll, expect, test } from 'vitest';
import { getProductDetail } from '#contoso/tools/catalog/get-product-detail';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows one product', async () => {
  const product = await company.ask(getProductDetail, { product_id: 2 });
  expect(product).toMatchObject({ product_id: 2, name: 'Internet Plan', monthly_fee: 60 });
  expect(getProductDetail.summary(product)).toBe('Internet Plan (internet) costs $60.00 a month.');
});

test('an unknown product is not found', async () => {
  expect(await company.refusal(getProductDetail, { product_id: 99 })).toEqual(
    new NotFound('There is no product 99; call get_products to see the products.'),
  );
});

test('refuses a negative id', async () => {
  expect(await company.refusal(getProductDetail, { product_id: -1 })).toBeInstanceOf(InvalidInput);
});
