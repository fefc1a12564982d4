import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  callerKey,
  date,
  dollars,
  flag,
  id,
  integer,
  line,
  oneOf,
  paragraph,
} from '#platform/mcp/definitions/inputs';

function wire(schema: z.ZodType) {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return rest;
}

function complaints(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];
}

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

test('a line is trimmed, bounded, and shown so', () => {
  expect(wire(line(5, 'Words.'))).toEqual({
    type: 'string',
    minLength: 1,
    maxLength: 5,
    description: 'Words.',
  });
  expect(line(5, '').parse('  a b  ')).toBe('a b');
  expect(complaints(line(5, ''), '   ')).toHaveLength(1);
  expect(complaints(line(5, ''), 'abcdef')).toHaveLength(1);
});

test.each(['a\u0000b', 'a\u001bb', 'a\u007fb', 'a\u0085b', 'a\ud800b'])('no text may hold %j', (value) => {
  expect(complaints(line(50, ''), value)).toHaveLength(1);
  expect(complaints(paragraph(50, ''), value)).toHaveLength(1);
});

test('a paragraph may have line breaks and tabs, a line may not', () => {
  const value = 'one\r\n\ttwo';
  expect(paragraph(50, '').parse(value)).toBe(value);
  expect(complaints(line(50, ''), value)).toEqual(['must be on one line, without control characters']);
});

test('text in every language, with emoji, is text', () => {
  const value = 'Größe 東京 مرحبا 👩‍👩‍👧';
  expect(line(50, '').parse(value)).toBe(value);
});

test('a caller key is kept as it is, to the character', () => {
  expect(callerKey('').parse(' a~b ')).toBe(' a~b ');
  for (const value of ['', 'a\n', 'ü', 'a'.repeat(201), 5]) {
    expect(complaints(callerKey(''), value)).not.toEqual([]);
  }
});

test('refusals say what is accepted', () => {
  expect(complaints(oneOf(['low', 'high'], ''), 'LOW')).toEqual(['must be one of low, high']);
  expect(complaints(flag(''), 'yes')).toEqual(['must be true or false']);
  expect(complaints(integer(1, 10, ''), 11)).toEqual(['must be a whole number from 1 to 10']);
  expect(complaints(dollars(100, ''), 0)).toEqual(['must be an amount above 0 and at most 100']);
  expect(complaints(dollars(100, ''), '5')).toEqual(['must be an amount above 0 and at most 100']);
});

test('no refusal repeats what was sent', () => {
  const schema = z.strictObject({
    id: id(''),
    line: line(10, ''),
    word: oneOf(['low'], ''),
    date: date(''),
    key: callerKey(''),
  });
  const hostile = "<script>alert('x')</script>\u0000";
  const sent = { id: hostile, line: hostile, word: hostile, date: hostile, key: hostile };
  expect(complaints(schema, sent).join(' ')).not.toContain('script');
});
