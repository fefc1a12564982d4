import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, billingSummary } from '#contoso/rules/billing';
import { toCents } from '#contoso/rules/money';
import { anInvoice, aPayment } from '../../support/small-records.ts';

const money = fc.integer({ min: 1, max: 20_000 }).map((cents) => cents / 100);
const anyPayment = fc
  .record({
    invoice_id: fc.constantFrom(101, 102),
    amount: money,
    status: fc.constantFrom('successful' as const, 'partial' as const, 'failed' as const),
  })
  .map(aPayment);

test('partial payments count and failed ones do not', () => {
  const payments = [
    aPayment({ amount: 50, status: 'partial' }),
    aPayment({ payment_id: 1002, amount: 100, status: 'failed' }),
  ];
  expect(balanceOf(anInvoice({ amount: 150 }), payments)).toEqual({ settled: 50, outstanding: 100 });
});

test('settled and outstanding add up to the amount unless more was paid, and are never negative', () => {
  fc.assert(
    fc.property(money, fc.array(anyPayment), (amount, payments) => {
      const { settled, outstanding } = balanceOf(anInvoice({ amount }), payments);
      expect(outstanding).toBeGreaterThanOrEqual(0);
      expect(toCents(settled) + toCents(outstanding)).toBe(Math.max(toCents(amount), toCents(settled)));
    }),
  );
});

test('failed payments and payments of other invoices change nothing', () => {
  fc.assert(
    fc.property(money, fc.array(anyPayment), (amount, payments) => {
      const relevant = payments.filter((one) => one.invoice_id === 101 && one.status !== 'failed');
      expect(balanceOf(anInvoice({ amount }), payments)).toEqual(balanceOf(anInvoice({ amount }), relevant));
    }),
  );
});

test('the total is the sum of what is outstanding, to the cent', () => {
  fc.assert(
    fc.property(money, money, fc.array(anyPayment), (first, second, payments) => {
      const invoices = [anInvoice({ amount: first }), anInvoice({ invoice_id: 102, amount: second })];
      const summary = billingSummary(invoices, payments);
      const outstanding = summary.invoices.map((one) => toCents(one.outstanding));
      expect(toCents(summary.total_due)).toBe(outstanding.reduce((sum, one) => sum + one, 0));
      expect(summary.invoices.map((one) => one.invoice_id)).toEqual([101, 102]);
    }),
  );
});

test('a customer without invoices owes nothing', () => {
  expect(billingSummary([], [])).toEqual({ total_due: 0, invoices: [] });
});
