import { beforeAll, expect, test } from 'vitest';
import { getInvoicePayments } from '#contoso/tools/billing/get-invoice-payments';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows the payments of one invoice, newest first and failed ones too', async () => {
  const { invoice_id, payments } = await company.ask(getInvoicePayments, { invoice_id: 102 });
  expect(invoice_id).toBe(102);
  expect(payments.map((one) => [one.payment_id, one.amount, one.status])).toEqual([
    [1002, 50, 'failed'],
    [1001, 30, 'partial'],
  ]);
});

test('an invoice that nobody paid has no payments', async () => {
  expect(await company.ask(getInvoicePayments, { invoice_id: 101 })).toEqual({
    invoice_id: 101,
    payments: [],
  });
});

test('an unknown invoice is not found, and the sentence says how to find the right one', async () => {
  expect(await company.refusal(getInvoicePayments, { invoice_id: 999_999 })).toEqual(
    new NotFound(
      "There is no invoice 999999; call get_billing_summary with the customer's id to see the invoices.",
    ),
  );
});

test('refuses a call without an id', async () => {
  expect(await company.refusal(getInvoicePayments, {})).toBeInstanceOf(InvalidInput);
});
