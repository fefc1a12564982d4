import { beforeAll, expect, test } from 'vitest';
import { getCustomerOrders } from '#contoso/tools/orders/get-customer-orders';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows orders newest first, with the day of a return', async () => {
  const { orders } = await company.ask(getCustomerOrders, { customer_id: 1 });
  expect(orders.map((one) => [one.order_id, one.status, one.returned_date])).toEqual([
    [2, 'delivered', null],
    [1, 'returned', '2026-02-18'],
  ]);
});

test('a customer who ordered nothing has no orders', async () => {
  const result = await company.ask(getCustomerOrders, { customer_id: 3 });
  expect(result).toEqual({ orders: [] });
  expect(getCustomerOrders.summary(result)).toBe('There are no orders.');
});

test('an unknown customer is not found', async () => {
  expect(await company.refusal(getCustomerOrders, { customer_id: 4 })).toBeInstanceOf(NotFound);
});

test('refuses a fraction as an id', async () => {
  expect(await company.refusal(getCustomerOrders, { customer_id: 1.5 })).toBeInstanceOf(InvalidInput);
});
