import { expect, test } from 'vitest';
import { sharesOf } from '#bench/in-process/profile';
import { interleave } from '#bench/interleave';
import { atLeast, atMost } from '#bench/report/aims';
import { markdownTable } from '#bench/report/tables';
import { isMissing, runParts } from '#bench/run-parts';
import { isSteady, median, percentile, ratioSpread, spreadOf } from '#bench/statistics';

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
  expect(ratioSpread([20, 2_000, 22], [10, 1_000, 10])).toEqual({ median: 2, low: 2, high: 2.2 });
});

test.each([
  { count: 1, low: 1, high: 1 },
  { count: 3, low: 1, high: 3 },
  { count: 4, low: 1, high: 4 },
  // each value lies below the true median as a coin falls: 5 of 5 on one side, once in 16
  { count: 5, low: 1, high: 5 },
  { count: 7, low: 1, high: 7 },
  // all but one of 8 on one side, once in 14
  { count: 8, low: 2, high: 7 },
  { count: 10, low: 2, high: 9 },
  // all but two of 11 on one side, once in 15
  { count: 11, low: 3, high: 9 },
])('the spread of $count rounds is from the $low. to the $high. of them', ({ count, low, high }) => {
  const values = Array.from({ length: count }, (_, index) => ((index * 13) % count) + 1);
  expect(spreadOf(values)).toMatchObject({ low, high });
});

test('an aim is met by the worse end of a spread, not by its middle', () => {
  const spread = { median: 1.3, low: 1.1, high: 1.5 };
  expect(atLeast('calls', spread, 1.2, ' times')).toEqual({
    name: 'calls',
    wanted: 'at least 1.2 times',
    measured: 1.3,
    spread: [1.1, 1.5],
    met: false,
  });
  expect(atLeast('calls', spread, 1.1, ' times').met).toBe(true);
  expect(atMost('starts', spread, 1.4, ' times').met).toBe(false);
  expect(atMost('starts', spread, 1.5, ' times').met).toBe(true);
});

test('what is counted has no spread', () => {
  expect(atMost('round trips', 2, 2, '')).toMatchObject({ measured: 2, spread: null, met: true });
  expect(atMost('round trips', 3, 2, '').met).toBe(false);
});

test('a subject is steady when it no longer becomes cheaper', () => {
  expect(isSteady([100, 100, 100, 100, 100])).toBe(false);
  expect(isSteady([900, 400, 300, 200, 104, 100])).toBe(false);
  expect(isSteady([900, 104, 100, 102, 101, 140, 99])).toBe(true);
  // one that was disturbed makes nothing seem dearer than before
  expect(isSteady([200, 190, 180, 170, 1_300, 160])).toBe(false);
});

test('a profile is added up by whose code ran; waiting is no work', () => {
  const node = (id: number, url: string, functionName = 'run') => ({ id, callFrame: { functionName, url } });
  const nodes = [
    node(1, 'file:///app/node_modules/@scope/one/index.js'),
    node(2, 'file:///app/node_modules/@scope/one/node_modules/two/index.js'),
    node(3, 'file:///app/ours.mjs'),
    node(4, '', '(garbage collector)'),
    node(5, '', '(idle)'),
    node(6, 'node:internal/deps/undici/undici'),
  ];
  const shares = sharesOf({ nodes, samples: [1, 2, 3, 1, 4, 5, 6], timeDeltas: [10, 20, 30, 5, 7, 900, 3] });
  expect(Object.fromEntries(shares)).toEqual({
    '@scope/one': 15,
    two: 20,
    'this service': 30,
    'collecting garbage': 7,
    'Node: Request and Response (undici)': 3,
  });
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

const measured = (title: string) => ({ title, notes: [], tables: [], aims: [] });

test('a part that fails is measured again after the others, and costs nothing of them', async () => {
  const asked: string[] = [];
  const told: string[] = [];
  const parts = await runParts(
    ['http', 'cold-start', 'cost'],
    async (name) => {
      asked.push(name);
      const fails = name === 'cold-start' || asked.filter((one) => one === name).length === 1;
      if (fails && name !== 'cost') {
        throw new Error(`${name} broke`);
      }
      return measured(name);
    },
    (name, error) => told.push(`${name}: ${(error as Error).message}`),
  );
  expect(asked).toEqual(['http', 'cold-start', 'cost', 'http', 'cold-start']);
  expect(parts.map(isMissing)).toEqual([false, true, false]);
  expect(parts[1]).toMatchObject({ title: 'The part cold-start', aims: [] });
  expect(told).toEqual(['http: http broke', 'cold-start: cold-start broke', 'cold-start: cold-start broke']);
});

test('a sample that cannot be taken is tried again, and gives up the third time', async () => {
  let asked = 0;
  const measure = async () => {
    asked += 1;
    if (asked < 3) {
      throw new Error('busy');
    }
    return asked;
  };
  expect((await interleave([{ name: 'one', measure }], 1)).get('one')).toEqual([4]);
  const never = async () => {
    throw new Error('gone');
  };
  await expect(interleave([{ name: 'one', measure: never }], 1)).rejects.toThrow('gone');
});
