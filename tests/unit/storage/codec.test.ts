import { expect, test } from 'vitest';
import { money } from '#contoso/stores/money-field';
import { InvalidInput } from '#platform/errors';
import { double, flag, integer, listOf, nullable, oneOf, recordCodec, text } from '#platform/storage/codec';

const bill = recordCodec<{ id: number; amount: number; paid_on: string | null }>({
  id: integer,
  amount: money,
  paid_on: nullable(text),
});

test('money is kept as whole cents and ids as Int64', () => {
  expect(bill.encode({ id: 9_999_999_999, amount: 19.99, paid_on: '2026-01-15' })).toEqual({
    id: 9_999_999_999n,
    amount: 1999n,
    paid_on: '2026-01-15',
  });
});

test('null is an absent property and comes back as null', () => {
  const stored = bill.encode({ id: 1, amount: 0, paid_on: null });
  expect(stored).not.toHaveProperty('paid_on');
  expect(bill.decode(stored)).toEqual({ id: 1, amount: 0, paid_on: null });
});

test('properties that storage adds are left out', () => {
  expect(bill.decode({ id: 1n, amount: 5n, timestamp: 'now', 'odata.metadata': 'x' })).toEqual({
    id: 1,
    amount: 0.05,
    paid_on: null,
  });
});

test('a property that is missing or of another type is named', () => {
  expect(() => bill.decode({ id: 1n })).toThrow('The stored property amount is missing or of another type.');
  expect(() => bill.decode({ id: '1', amount: 5n })).toThrow('The stored property id');
});

test('an amount with a fraction of a cent is refused, not rounded', () => {
  expect(() => money.encode(0.005)).toThrow(InvalidInput);
  expect(() => money.encode(0.1 + 0.2)).toThrow('at most two decimals');
});

test('a text is stored up to 32,768 characters', () => {
  expect(text.encode('x'.repeat(32_768))).toHaveLength(32_768);
  expect(() => text.encode('x'.repeat(32_769))).toThrow('32769 characters is too long to store');
});

test('a fixed set of values admits nothing else', () => {
  const level = oneOf(['Bronze', 'Silver']);
  expect(level.decode('Silver')).toBe('Silver');
  expect(() => level.decode('Platinum')).toThrow(TypeError);
  expect(listOf(['Bronze', 'Silver']).decode('["Silver"]')).toEqual(['Silver']);
  expect(() => listOf(['Bronze', 'Silver']).decode('["Platinum"]')).toThrow(TypeError);
  expect(() => listOf(['Bronze']).decode('{}')).toThrow(TypeError);
});

test('a whole number stays a double, so that its type does not depend on its value', () => {
  expect(double.encode(12)).toEqual({ type: 'Double', value: 12 });
  expect(() => double.decode(12n)).toThrow(TypeError);
  expect(() => flag.decode('true')).toThrow(TypeError);
});
