import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkRows, partitionOf, readChunks } from '#platform/experts/conversation-rows';
import type { Conversation } from '#platform/experts/ports';

const text = fc
  .tuple(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 8_000 }))
  .map(([unit, times]) => unit.repeat(times).slice(0, 70_000));

const conversation: fc.Arbitrary<Conversation> = fc.record({
  domain: fc.constantFrom('billing', 'account', 'product'),
  summary: text,
  turns: fc.array(
    fc.record({
      question: text,
      answer: text,
      status: fc.constantFrom('done', 'needs_input', 'error'),
      citations: fc.array(fc.string()),
    }),
    { maxLength: 3 },
  ),
});

test('whatever was said comes back, in rows that Table Storage takes', () => {
  fc.assert(
    fc.property(conversation, (value) => {
      const rows = chunkRows('user', 'id', value, '2026-01-16T12:00:00.000Z');
      for (const { properties } of rows) {
        expect(String(properties.text).length).toBeLessThanOrEqual(32_768);
        expect(hasHalfCharacter(String(properties.text))).toBe(false);
      }
      const stored = rows.map((row) => ({ ...row, etag: 'e' }));
      expect(readChunks(stored)).toEqual(value);
    }),
    { numRuns: 50 },
  );
});

test('rows sort in the order of the text', () => {
  const long: Conversation = { domain: 'billing', summary: 'x'.repeat(400_000), turns: [] };
  const keys = chunkRows('user', 'id', long, '').map(({ rowKey }) => rowKey);
  expect(keys.length).toBeGreaterThan(10);
  expect(keys.toSorted()).toEqual(keys);
});

test('a partition is named by a digest of the user', () => {
  expect(partitionOf('directory:ada')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(partitionOf('directory:ada')).not.toBe(partitionOf('directory:ben'));
});

function hasHalfCharacter(value: string): boolean {
  return /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(value);
}
