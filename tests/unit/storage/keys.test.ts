import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventKey, kindOf, kindRange, paddedId, receiptKey, recordKey } from '#platform/storage/keys';

const anId = fc.integer({ min: 1, max: 9_999_999_999 });

test('a record is found under its kind and its padded id', () => {
  expect(recordKey('invoice', 123)).toBe('invoice:0000000123');
  expect(kindOf('invoice:0000000123')).toBe('invoice');
});

test('the order of keys is the order of ids', () => {
  fc.assert(
    fc.property(anId, anId, (one, other) => {
      expect(paddedId(one) < paddedId(other)).toBe(one < other);
    }),
  );
});

test.each([0, -1, 1.5, 10_000_000_000, Number.NaN, Number.POSITIVE_INFINITY])('%s is not an id', (id) => {
  expect(() => paddedId(id)).toThrow('An id is an integer from 1 to 9,999,999,999.');
});

test('events sort by time, whatever their ids and however many decimals the time is written with', () => {
  const earlier = eventKey('securityEvent', '2026-01-15T11:59:59Z', 900);
  const later = eventKey('securityEvent', '2026-01-15T11:59:59.250Z', 7);
  const latest = eventKey('securityEvent', '2026-01-15T12:00:00.000Z', 8);
  expect([latest, later, earlier].sort()).toEqual([earlier, later, latest]);
});

test.each(['', 'yesterday', '1969-12-31T23:59:59Z'])('an event at "%s" is refused', (time) => {
  expect(() => eventKey('securityEvent', time, 1)).toThrow('ISO 8601');
});

test('the key of a receipt holds no forbidden character, whatever the idempotency key is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (idempotencyKey) => {
      expect(receiptKey(idempotencyKey)).toMatch(/^receipt:[A-Za-z0-9_-]{43}$/);
    }),
  );
});

test('different idempotency keys have different receipts', () => {
  expect(receiptKey('a')).not.toBe(receiptKey('A'));
  expect(receiptKey('a')).not.toBe(receiptKey('a '));
});

test('the range of a kind holds all of its keys and no key of another kind', () => {
  const { from, below } = kindRange('invoice');
  const isIn = (key: string) => from <= key && key < below;
  expect(isIn(recordKey('invoice', 1)) && isIn(recordKey('invoice', 9_999_999_999))).toBe(true);
  expect(isIn(recordKey('incident', 1)) || isIn(recordKey('order', 1))).toBe(false);
});
