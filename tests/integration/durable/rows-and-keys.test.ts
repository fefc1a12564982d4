import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newMessageId } from '#emulators/host/durable/message';
import { instanceKey } from '#emulators/host/durable/table-store';
import { after, textRows, valuesOf } from '#emulators/host/durable/text-rows';

const NOW = new Date('2026-01-01T00:00:00Z');
const stored = (...of: Parameters<typeof textRows>) => textRows(...of).map((row) => ({ ...row, etag: '' }));

describe('a value', () => {
  test('is the same after its text was cut into rows, whatever is in it', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('😀', '"', 'x'));
    fc.assert(
      fc.property(piece, fc.integer({ min: 0, max: 600_000 }), (unit, length) => {
        const value = { text: unit.repeat(Math.ceil(length / unit.length)) };
        const rows = stored('p', 'k', value);
        for (const { properties } of rows) {
          expect(String(properties.text).length).toBeLessThanOrEqual(32_768);
          // A pair that was cut in two would not survive UTF-8.
          expect(Buffer.from(String(properties.text)).toString()).toBe(properties.text);
        }
        expect(rows.map(({ rowKey }) => rowKey)).toEqual(rows.map(({ rowKey }) => rowKey).sort());
        expect(valuesOf(rows)).toEqual([value]);
      }),
      { numRuns: 40 },
    );
  });

  test('of rows that were written at different times is none', () => {
    const rows = ['1', '2'].map((version) => stored('p', 'k', 'x'.repeat(100_000), { version }));
    const [old = [], fresh = []] = rows;
    expect(valuesOf(old.slice(0, 1))).toEqual([]);
    expect(valuesOf([...old.slice(0, 1), ...fresh.slice(1)])).toEqual([]);
    // What is left of a longer one does no harm.
    const short = stored('p', 'k', 'short', { version: '3' });
    expect(valuesOf([...short, ...old.slice(1)])).toEqual(['short']);
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

  test('of a message reach over its own rows alone', () => {
    const [key = '', ...others] = Array.from({ length: 5 }, () => newMessageId(NOW));
    const rows = stored('message', key, 'x'.repeat(100_000)).map(({ rowKey }) => rowKey);
    const within = [...rows, ...others].filter((one) => one >= key && one < after(key));
    expect(rows.length).toBeGreaterThan(1);
    expect(within).toEqual(rows);
  });

  test('of messages keep their order within a millisecond', () => {
    const ids = Array.from({ length: 1000 }, () => newMessageId(NOW));
    expect([...ids].sort()).toEqual(ids);
  });
});
