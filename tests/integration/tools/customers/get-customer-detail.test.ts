import { beforeAll, expect, test } from 'vitest';
import { getCustomerDetail } from '#contoso/tools/customers/get-customer-detail';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows the profile and the subscriptions with the names of their products', async () => {
  const detail = await company.ask(getCustomerDetail, { customer_id: '1' });
  expect(detail).toMatchObject({ customer_id: 1, first_name: 'Ada', phone: '+1 555 0100' });
  expect(detail.subscriptions.map((one) => [one.subscription_id, one.product_name])).toEqual([
    [11, 'Mobile Plan'],
    [12, 'Bundle Plan'],
  ]);
});

test('a customer without subscriptions has none', async () => {
  expect((await company.ask(getCustomerDetail, { customer_id: 3 })).subscriptions).toEqual([]);
});

test('an unknown customer is not found, and the sentence says how to find the right one', async () => {
  const error = await company.refusal(getCustomerDetail, { customer_id: 999_999 });
  expect(error).toEqual(
    new NotFound('There is no customer 999999; call get_all_customers to find the customer_id.'),
  );
});

test.each([{}, { customer_id: 0 }, { customer_id: 1, tenant: 'fabrikam' }])('refuses %j', async (args) => {
  expect(await company.refusal(getCustomerDetail, args)).toBeInstanceOf(InvalidInput);
});
