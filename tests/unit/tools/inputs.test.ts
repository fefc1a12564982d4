import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { date, id } from '#platform/mcp/definitions/inputs';
import { complaints, wire } from './input-complaints.ts';

test('an id is shown as a plain integer', () => {
  expect(wire(id('The invoice.'))).toEqual({
    type: 'integer',
    minimum: 1,
    maximum: 9_999_999_999,
    description: 'The invoice.',
  });
});

test('an id is required where it is not optional', () => {
  expect(wire(z.strictObject({ a: id('A.'), b: id('B.').optional() })).required).toEqual(['a']);
  expect(complaints(z.strictObject({ a: id('A.') }), {})).toEqual(['is required']);
});

test('a number and its text are the same id', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (value) => {
      expect(id('').parse(value)).toBe(value);
      expect(id('').parse(String(value))).toBe(value);
    }),
  );
});

test.each([
  "1' or '1'='1",
  0,
  -1,
  1.5,
  1e15,
  '1000000000000000',
  '007',
  ' 7',
  '7\n',
  '0x10',
  '1e3',
  '',
  'NaN',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  true,
  [],
  [7],
  {},
])('%j is not an id', (value) => {
  expect(complaints(id(''), value)).toEqual(['must be a whole number from 1 to 9999999999']);
});

test.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01T00:00:00Z', 'today', 20260101])(
  '%j is not a date',
  (value) => {
    expect(complaints(date(''), value)).toEqual(['must be a date of the calendar such as 2026-03-31']);
  },
);

test('a date is shown as one', () => {
  expect(wire(date('First day.'))).toMatchObject({
    type: 'string',
    format: 'date',
    description: 'First day.',
  });
  expect(date('').parse('2024-02-29')).toBe('2024-02-29');
});
