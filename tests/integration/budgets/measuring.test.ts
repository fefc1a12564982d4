import { expect, test } from 'vitest';
import { interleave } from '#bench/interleave';
import { markdownTable } from '#bench/report/tables';
import { median, medianRatio, percentile } from '#bench/statistics';

test('the median is the middle value, or lies between the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
});

test('percentiles are interpolated', () => {
  expect(percentile([10, 20, 30, 40, 50], 90)).toBe(46);
  expect(percentile([10, 20], 100)).toBe(20);
});

test('a ratio is taken round by round, so that a slow round does not count as a slow subject', () => {
  expect(medianRatio([20, 2_000, 22], [10, 1_000, 10])).toBe(2);
});

test('every round measures every subject, in another order; the first one warms up', async () => {
  const order: string[] = [];
  const subject = (name: string) => ({ name, measure: async () => order.push(name) });
  const samples = await interleave([subject('a'), subject('b'), subject('c')], 2);
  expect(order.join('')).toBe('abcbcacab');
  expect([...samples]).toEqual([
    ['a', [6, 8]],
    ['b', [4, 9]],
    ['c', [5, 7]],
  ]);
});

test('tables are aligned Markdown', () => {
  const table = markdownTable({
    columns: ['', 'req/s'],
    rows: [
      ['ours', 1234.5],
      ['none', null],
      ['small', 0.123],
    ],
  });
  expect(table.split('\n')).toEqual([
    '|       | req/s |',
    '| ----- | ----- |',
    '| ours  | 1,235 |',
    '| none  | –     |',
    '| small | 0.12  |',
  ]);
});
