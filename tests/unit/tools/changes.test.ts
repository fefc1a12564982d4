import { expect, test } from 'vitest';
import { digestOf, firstAnswer, wasWritten } from '#contoso/tools/changes';
import { Conflict } from '#platform/errors';
import { aPayment } from '../../support/small-dataset.ts';

test('a digest tells arguments, their order and the tool apart', () => {
  const digest = digestOf('pay_invoice', [1, 20, 'ach']);
  expect(digestOf('pay_invoice', [1, 20, 'ach'])).toBe(digest);
  for (const other of [
    digestOf('pay_invoice', [1, 20.01, 'ach']),
    digestOf('pay_invoice', [20, 1, 'ach']),
    digestOf('pay_invoice', [1, '20', 'ach']),
    digestOf('refund', [1, 20, 'ach']),
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
