import { beforeEach, expect, test } from 'vitest';
import { payInvoice } from '#contoso/tools/billing/pay-invoice';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { Conflict, InvalidInput, NotFound, Refused } from '#platform/errors';
import { StaleWrite } from '#platform/storage/stale-write';
import { type Company, companyWith, openCompany } from '../company.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});

async function invoiceNow(invoiceId: number) {
  const { invoices } = await company.ask(getSubscriptionDetail, { subscription_id: 11 });
  const invoice = invoices.find((one) => one.invoice_id === invoiceId);
  return invoice ?? expect.fail(`invoice ${invoiceId} is gone`);
}

test('a part of an invoice is paid and the rest stays outstanding', async () => {
  const result = await company.ask(payInvoice, { invoice_id: 101, amount: 20 });
  expect(result).toEqual({ payment_id: expect.any(Number), invoice_id: 101, outstanding: 40 });
  const { payments, settled, outstanding } = await invoiceNow(101);
  expect({ settled, outstanding }).toEqual({ settled: 20, outstanding: 40 });
  expect(payments).toEqual([
    {
      payment_id: result.payment_id,
      invoice_id: 101,
      payment_date: '2026-03-15',
      amount: 20,
      method: 'credit_card',
      status: 'partial',
    },
  ]);
  expect(payInvoice.summary(result)).toBe(
    `Payment ${result.payment_id} is recorded; $40.00 of invoice 101 is still outstanding.`,
  );
});

test('the rest settles the invoice, failed payments do not count, and then nothing more is taken', async () => {
  const result = await company.ask(payInvoice, { invoice_id: '102', amount: 50, method: 'paypal' });
  expect(result.outstanding).toBe(0);
  expect((await invoiceNow(102)).payments[0]).toMatchObject({ status: 'successful', method: 'paypal' });
  const error = await company.refusal(payInvoice, { invoice_id: 102, amount: 0.01 });
  expect(error).toEqual(
    new Refused(
      'Invoice 102 is settled already; there is nothing left to pay. Call get_invoice_payments to see what was paid.',
    ),
  );
});

test('an invoice takes no cent above its amount', async () => {
  const error = await company.refusal(payInvoice, { invoice_id: 101, amount: 60.01 });
  expect(error).toEqual(new Refused('Only $60.00 of invoice 101 is outstanding; pay $60.00 or less.'));
});

test.each([
  { amount: 0 },
  { amount: -5 },
  { amount: 19.999 },
  { amount: '20' },
  { amount: Number.NaN },
  { amount: Number.POSITIVE_INFINITY },
  { amount: 1e15 },
  {},
  { amount: 20, method: 'cash' },
  { amount: 20, idempotency_key: '' },
  { amount: 20, idempotency_key: 'a\u0000b' },
  { amount: 20, idempotency_key: 'x'.repeat(201) },
  { amount: 20, customer_id: 1 },
])('refuses %j', async (wrong) => {
  expect(await company.refusal(payInvoice, { invoice_id: 101, ...wrong })).toBeInstanceOf(InvalidInput);
});

test('an unknown invoice is not found and takes no payment', async () => {
  const error = await company.refusal(payInvoice, { invoice_id: 999_999, amount: 20 });
  expect(error).toBeInstanceOf(NotFound);
});

test('the same key again gives the first answer and pays nothing', async () => {
  const args = { invoice_id: 101, amount: 20, idempotency_key: 'order 7' };
  const first = await company.ask(payInvoice, args);
  const before = await company.contents();
  expect(await company.ask(payInvoice, { ...args, method: 'credit_card' })).toEqual(first);
  expect(await company.contents()).toEqual(before);
});

test('the same key gives the first answer even when the invoice is settled by now', async () => {
  const args = { invoice_id: 101, amount: 20, idempotency_key: 'order 7' };
  const first = await company.ask(payInvoice, args);
  await company.ask(payInvoice, { invoice_id: 101, amount: 40 });
  expect(await company.ask(payInvoice, args)).toEqual(first);
});

test.each([{ amount: 21 }, { method: 'ach' }, { invoice_id: 102 }])(
  'the same key with %j is a conflict',
  async (other) => {
    const args = { invoice_id: 101, amount: 20, idempotency_key: 'order 7' };
    await company.ask(payInvoice, args);
    expect(await company.refusal(payInvoice, { ...args, ...other })).toBeInstanceOf(Conflict);
  },
);

test('a refused payment does not use up its key', async () => {
  await company.refusal(payInvoice, { invoice_id: 101, amount: 61, idempotency_key: 'k' });
  const { outstanding } = await company.ask(payInvoice, {
    invoice_id: 101,
    amount: 60,
    idempotency_key: 'k',
  });
  expect(outstanding).toBe(0);
});

test('twenty payments at once add up, and no two leave the same amount outstanding', async () => {
  const pay = () => company.askInCrowd(payInvoice, { invoice_id: 101, amount: 2 });
  const results = await Promise.all(Array.from({ length: 20 }, pay));
  const left = results.map((one) => one.outstanding).toSorted((a, b) => a - b);
  expect(left).toEqual(Array.from({ length: 20 }, (_, step) => 20 + 2 * step));
  expect(new Set(results.map((one) => one.payment_id)).size).toBe(20);
  expect(await invoiceNow(101)).toMatchObject({ settled: 40, outstanding: 20 });
});

test('of twenty payments at once only those are taken that fit, and the others are refused', async () => {
  const pay = () => company.askInCrowd(payInvoice, { invoice_id: 101, amount: 25 });
  const results = await Promise.allSettled(Array.from({ length: 20 }, pay));
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
  for (const result of results) {
    expect(result.status === 'fulfilled' || result.reason instanceof Refused).toBe(true);
  }
  expect(await invoiceNow(101)).toMatchObject({ settled: 50, outstanding: 10 });
});

test('twenty times the same key at once pays once, and everybody gets the same answer', async () => {
  const args = { invoice_id: 101, amount: 2, idempotency_key: 'at once' };
  const results = await Promise.all(Array.from({ length: 20 }, () => company.askInCrowd(payInvoice, args)));
  expect(new Set(results.map((one) => JSON.stringify(one))).size).toBe(1);
  expect((await invoiceNow(101)).settled).toBe(2);
});

test('when the answer to a write is lost, the payment is still made once', async () => {
  const { accounts } = company.store;
  let lost = 0;
  const forgetful = companyWith(company, {
    async commit(customerId, changes) {
      await accounts.commit(customerId, changes);
      lost += 1;
      throw new StaleWrite('the answer was lost and the write was sent again');
    },
  });
  const result = await forgetful.askInCrowd(payInvoice, { invoice_id: 101, amount: 20 });
  expect(lost).toBe(1);
  expect(result.outstanding).toBe(40);
  expect((await invoiceNow(101)).payments.map((one) => one.payment_id)).toEqual([result.payment_id]);
});

test('when the transaction fails, nothing of it is written', async () => {
  const broken = companyWith(company, {
    commit: () => Promise.reject(new Error('the connection broke')),
  });
  const before = await company.contents();
  await expect(
    broken.askInCrowd(payInvoice, { invoice_id: 101, amount: 20, idempotency_key: 'k' }),
  ).rejects.toThrow('the connection broke');
  expect(await company.contents()).toEqual(before);
});
