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
import { complaints, wire } from './input-complaints.ts';

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
