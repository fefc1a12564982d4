import { expect, test } from 'vitest';
import { firstAnswer, wasWritten } from '#contoso/tools/changes';
import { Conflict } from '#platform/errors';
import { digestOf } from '#platform/idempotency';
import { aPayment } from '../../support/small-records.ts';

test('a digest tells arguments and the tool apart, and not the order of fields', () => {
  const digest = digestOf('pay_invoice', { invoice_id: 1, amount: 20, more: { a: 1, b: 2 } });
  expect(digestOf('pay_invoice', { more: { b: 2, a: 1 }, amount: 20, invoice_id: 1 })).toBe(digest);
  expect(
    digestOf('pay_invoice', { invoice_id: 1, amount: 20, more: { a: 1, b: 2 }, method: undefined }),
  ).toBe(digest);
  for (const other of [
    digestOf('pay_invoice', { invoice_id: 1, amount: 20.01, more: { a: 1, b: 2 } }),
    digestOf('pay_invoice', { invoice_id: 20, amount: 1, more: { a: 1, b: 2 } }),
    digestOf('pay_invoice', { invoice_id: 1, amount: '20', more: { a: 1, b: 2 } }),
    digestOf('pay_invoice', { invoice_id: 1, amount: 20, more: { a: 2, b: 1 } }),
    digestOf('refund', { invoice_id: 1, amount: 20, more: { a: 1, b: 2 } }),
  ]) {
    expect(other).not.toBe(digest);
  }
});

test('the first answer is given for the same digest only', () => {
  const receipt = { key: 'k', digest: 'd', answer: { payment_id: 7 } };
  expect(firstAnswer(receipt, 'd')).toEqual({ payment_id: 7 });
  expect(() => firstAnswer(receipt, 'e')).toThrow(Conflict);
});

test('a record was written only when it is there in every field', () => {
  const rows = [{ value: aPayment(), etag: 'x' }];
  expect(wasWritten(rows, aPayment())).toBe(true);
  expect(wasWritten(rows, aPayment({ amount: 21 }))).toBe(false);
  expect(wasWritten([], aPayment())).toBe(false);
  expect(wasWritten(rows, undefined)).toBe(false);
});
