import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recentPayments, remembering, sumWith, type UnconfirmedPayment } from '#contoso/rules/spending';

const now = new Date('2026-03-15T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

test('sums are exact to the cent', () => {
  const tenCents = Array.from({ length: 3 }, () => ({ at: minutesAgo(1), cents: 10 }));
  expect(sumWith(tenCents, 0.1)).toBe(0.4);
});

test('a payment counts until the hours are over', () => {
  const payments = [59, 60, 61].map((minutes) => ({ at: minutesAgo(minutes), cents: minutes }));
  expect(recentPayments(payments, now, 1).map(({ cents }) => cents)).toEqual([59]);
});

test('however many there are, the sum stays and the list is short', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9_999 }), { maxLength: 400 }), (amounts) => {
      const remembered = amounts.reduce<readonly UnconfirmedPayment[]>(
        (before, cents, place) => remembering(before, cents / 100, new Date(now.getTime() + place)),
        [],
      );
      expect(remembered.length).toBeLessThanOrEqual(100);
      expect(Math.round(sumWith(remembered, 0) * 100)).toBe(amounts.reduce((sum, cents) => sum + cents, 0));
    }),
  );
});
