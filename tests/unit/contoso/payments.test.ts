import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf } from '#contoso/rules/billing';
import { decidePayment } from '#contoso/rules/payments';
import { InvalidInput, Refused } from '#platform/errors';
import { anInvoice, aPayment } from '../../support/small-records.ts';

test('a part is partial, the rest is successful', () => {
  expect(decidePayment(anInvoice(), [], 20)).toEqual({ status: 'partial', outstanding: 40 });
  expect(decidePayment(anInvoice(), [aPayment()], 40)).toEqual({ status: 'successful', outstanding: 0 });
});

test.each([0, -5, 19.999, Number.NaN, Number.POSITIVE_INFINITY])('an amount of %d is refused', (amount) => {
  expect(() => decidePayment(anInvoice(), [], amount)).toThrow(InvalidInput);
});

test('more than is outstanding is refused, and the sentence says how much that is', () => {
  expect(() => decidePayment(anInvoice(), [aPayment()], 40.01)).toThrow(
    new Refused('Only $40.00 of invoice 101 is outstanding; pay $40.00 or less.'),
  );
});

test('a settled invoice takes no payment', () => {
  expect(() => decidePayment(anInvoice(), [aPayment({ amount: 60 })], 1)).toThrow(Refused);
});

test('whatever is paid in whatever steps, an invoice never takes more than its amount', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 15_000 }), steps, (invoiceCents, cents) => {
      const invoice = anInvoice({ amount: invoiceCents / 100 });
      const payments = cents.reduce(payIfAllowed(invoice), []);
      const { settled, outstanding } = balanceOf(invoice, payments);
      expect(settled).toBeLessThanOrEqual(invoice.amount);
      expect(payments.every((one, index) => one.status === 'partial' || index === payments.length - 1)).toBe(
        true,
      );
      expect(payments.at(-1)?.status === 'successful').toBe(outstanding === 0);
    }),
  );
});

function payIfAllowed(invoice: ReturnType<typeof anInvoice>) {
  return (payments: ReturnType<typeof aPayment>[], cents: number) => {
    try {
      const { status } = decidePayment(invoice, payments, cents / 100);
      return [...payments, aPayment({ payment_id: payments.length + 1, amount: cents / 100, status })];
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
      return payments;
    }
  };
}
