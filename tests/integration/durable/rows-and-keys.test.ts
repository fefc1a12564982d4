import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newMessageId } from '#emulators/host/durable/message';
import { instanceKey, messageKey, messageRange } from '#emulators/host/durable/table-keys';
import { groupPages, textOf, textRows } from '#emulators/host/durable/text-rows';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('long text', () => {
  test('is the same after it was cut into rows, whatever is in it', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('😀', '"', 'x'));
    fc.assert(
      fc.property(piece, fc.integer({ min: 0, max: 600_000 }), (unit, length) => {
        const text = unit.repeat(Math.ceil(length / unit.length));
        const rows = textRows('p', 'k', text).map((row) => ({ ...row, etag: '' }));
        for (const { properties } of rows) {
          for (const value of Object.values(properties)) {
            expect(String(value).length).toBeLessThanOrEqual(32_768);
            // A pair that was cut in two would not survive UTF-8.
            expect(Buffer.from(String(value)).toString()).toBe(value);
          }
          expect(Buffer.byteLength(JSON.stringify(properties))).toBeLessThan(1024 * 1024);
        }
        expect(textOf(rows)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('of pages that were written at different times is none', () => {
    const rows = [1, 2].map((version) =>
      textRows('p', 'k', 'x'.repeat(600_000), { version }).map((row) => ({ ...row, etag: '' })),
    );
    const [old = [], fresh = []] = rows;
    expect(textOf(old.slice(0, 1))).toBeUndefined();
    expect(textOf([...old.slice(0, 1), ...fresh.slice(1)])).toBeUndefined();
    expect(textOf([])).toBeUndefined();
  });

  test('is put together from rows in key order, also with ten pages and more', () => {
    const row = (rowKey: string) => ({ partitionKey: 'p', rowKey, etag: '', properties: {} });
    const keys = ['a', 'a:p1', 'a:p10', 'a:p2', 'b'];
    expect(groupPages(keys.map(row)).map((group) => group.map(({ rowKey }) => rowKey))).toEqual([
      ['a', 'a:p1', 'a:p2', 'a:p10'],
      ['b'],
    ]);
  });
});

describe('keys', () => {
  test('hold nothing that Table Storage forbids, and differ when ids do', () => {
    const id = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(instanceKey(one)).toMatch(/^[A-Za-z0-9_.:@=-]*$/);
        expect(instanceKey(one) === instanceKey(other)).toBe(one === other);
      }),
    );
  });

  test('of messages stay with their instance', () => {
    const { from, below } = messageRange('a');
    for (const [id, isOwn] of [
      ['a', true],
      ['ab', false],
      ['a|b', false],
      ['A', false],
    ] as const) {
      const key = messageKey(id, '1');
      expect([id, key >= from && key < below]).toEqual([id, isOwn]);
    }
  });

  test('of messages keep their order within a millisecond', () => {
    const ids = Array.from({ length: 1000 }, () => newMessageId(NOW));
    expect([...ids].sort()).toEqual(ids);
  });
});
