import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney, parseAmount, sumCents, toCents, toDollars } from '#contoso/rules/money';

const cents = fc.integer({ min: 0, max: 100_000_000_00 });

test('cents survive the way to dollars and back', () => {
  fc.assert(fc.property(cents, (amount) => toCents(toDollars(amount)) === amount));
});

test('every amount with two decimals can be typed', () => {
  fc.assert(fc.property(cents, (amount) => parseAmount(toDollars(amount)) === amount));
});

test('a sum is exact where binary fractions are not', () => {
  expect(sumCents([0.1, 0.2])).toBe(30);
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 50 }), (amounts) => {
      const whole = amounts.reduce((sum, amount) => sum + amount, 0);
      return sumCents(amounts.map(toDollars)) === whole;
    }),
  );
});

test.each([19.999, 0.001, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, 1e21])(
  '%d is not an amount',
  (amount) => {
    expect(parseAmount(amount)).toBeUndefined();
  },
);

test('money is written with two decimals', () => {
  expect(formatMoney(40)).toBe('$40.00');
  expect(formatMoney(19.9)).toBe('$19.90');
});
