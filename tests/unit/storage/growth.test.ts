import { expect, test } from 'vitest';
import { exponent } from '#bench/growth/exponent';
import { parseFilter } from '#bench/growth/memory/filter';
import { memoryStorage } from '#bench/growth/memory/storage';
import { StaleWrite } from '#platform/storage/stale-write';

test.each([
  ['what stays as it is', [7, 7, 7], 0],
  ['what grows as the size does', [10, 100, 1_000], 1],
  ['what grows as the square of the size', [1, 100, 10_000], 2],
  ['what is nothing', [0, 0, 0], 0],
])('%s has its exponent', (_what, counts, expected) => {
  expect(exponent([10, 100, 1_000], counts)).toBeCloseTo(expected, 6);
});

const row = (PartitionKey: string, RowKey: string, more = {}) => ({ PartitionKey, RowKey, ...more });

test.each([
  ["PartitionKey eq 'a' and RowKey ge 'b' and RowKey lt 'd'", row('a', 'c'), row('a', 'd')],
  [
    "PartitionKey eq 'a' and (RowKey eq 'b' or (RowKey gt 'x' and RowKey le 'z'))",
    row('a', 'z'),
    row('a', 'x'),
  ],
  ["expiresAt lt '2026'", row('a', 'b', { expiresAt: '2025' }), row('a', 'b')],
  ["name eq 'O''Neil'", row('a', 'b', { name: "O'Neil" }), row('a', 'b', { name: 'O' })],
])('a store in memory understands %s', (text, match, other) => {
  expect(parseFilter(text).matches(match)).toBe(true);
  expect(parseFilter(text).matches(other)).toBe(false);
});

test('what it does not understand it does not answer', () => {
  expect(() => parseFilter('number gt 5')).toThrow(SyntaxError);
  expect(() => parseFilter("not (PartitionKey eq 'a')")).toThrow(SyntaxError);
});

test('it looks at the rows of the range alone, a page at a time, and changes all or nothing', async () => {
  const storage = memoryStorage();
  const table = storage.table('acmeThings');
  storage
    .client('acmeThings')
    .partition('a')
    .fill(['3', '1', '2', '4'], (key) => ({ key }));
  await table.transact([{ insert: { partitionKey: 'a', rowKey: '25', properties: { key: '25' } } }]);
  const pages: string[][] = [];
  storage.use.rowsRead = 0;
  for await (const { rows } of table.pages({
    filter: "PartitionKey eq 'a' and RowKey ge '2'",
    pageSize: 2,
  })) {
    pages.push(rows.map(({ rowKey }) => rowKey));
  }
  expect(pages).toEqual([
    ['2', '25'],
    ['3', '4'],
  ]);
  expect(storage.use.rowsRead).toBe(4);
  await expect(
    table.transact([
      { remove: { partitionKey: 'a', rowKey: '1' } },
      { insert: { partitionKey: 'a', rowKey: '2', properties: {} } },
    ]),
  ).rejects.toThrow(StaleWrite);
  expect(await table.get('a', '1')).toBeDefined();
  storage.client('acmeThings').isPart = true;
  await expect(table.list('')).rejects.toThrow('across partitions');
});
