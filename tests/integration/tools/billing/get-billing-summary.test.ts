import { beforeAll, expect, test } from 'vitest';
import { getBillingSummary } from '#contoso/tools/billing/get-billing-summary';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('adds up what is outstanding over all subscriptions, newest invoice first', async () => {
  expect(await company.ask(getBillingSummary, { customer_id: 1 })).toEqual({
    customer_id: 1,
    total_due: 200,
    invoices: [
      { invoice_id: 101, outstanding: 60 },
      { invoice_id: 102, outstanding: 50 },
      { invoice_id: 103, outstanding: 0 },
      { invoice_id: 104, outstanding: 90 },
    ],
  });
});

test('a customer without invoices owes nothing', async () => {
  expect(await company.ask(getBillingSummary, { customer_id: 3 })).toEqual({
    customer_id: 3,
    total_due: 0,
    invoices: [],
  });
});

test('an unknown customer is not found', async () => {
  expect(await company.refusal(getBillingSummary, { customer_id: 4 })).toBeInstanceOf(NotFound);
});

test('refuses an id that is too large', async () => {
  expect(await company.refusal(getBillingSummary, { customer_id: 1e15 })).toBeInstanceOf(InvalidInput);
});
