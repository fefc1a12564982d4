import { describe, expect, it } from 'vitest';
import { testDataStorage } from '../support/azurite.ts';
import { npmRun } from '../support/run.ts';
import { leftOut, splitInTwo, unmarked } from './crash-points/plants.ts';
import { lastLine } from './crash-points/report.ts';
import { crashRun } from './crash-points/run.ts';
import { scenarios } from './crash-points/scenarios.ts';

/** Where a payment is read and written: its awaits, and the requests of each before and after. */
const around = 'shared/contoso/stores/account-store.ts';
/** Where what customers are found by is written after a change. */
const afterwards = 'shared/contoso/stores/search/reindex.ts';
const minutes = 60_000;

async function killedAround(plant: typeof leftOut, scenario = 'a payment', only = around) {
  const { outcomes } = await crashRun({
    scenarios: scenarios.filter(({ name }) => name === scenario),
    dataStorage: testDataStorage(),
    share: 1,
    seed: 1,
    only,
    plants: [plant],
    say: () => {},
  });
  expect(outcomes.length).toBeGreaterThan(4);
  return outcomes;
}

describe('a fault that is planted turns the run red', () => {
  it(
    'when a write is left out, everything is done twice',
    async () => {
      const outcomes = await killedAround(leftOut);
      expect(outcomes.filter(({ double }) => double.length === 0)).toEqual([]);
    },
    8 * minutes,
  );

  it(
    'when a write is split in two, what dies between them is seen, and nothing else',
    async () => {
      const outcomes = await killedAround(splitInTwo);
      const torn = outcomes.filter(({ lost }) =>
        lost.some((what) => what.startsWith('half of it was there')),
      );
      expect(torn.length).toBeGreaterThan(0);
      expect(torn.length).toBeLessThan(outcomes.length);
      expect(lastLine(outcomes)).toMatch(/^\d+ points, \d+ killed, [1-9]\d* lost, [1-9]\d* double$/);
    },
    8 * minutes,
  );

  it(
    'when nothing marks what changes, the search goes wrong where the index is written, and nothing else',
    async () => {
      const outcomes = await killedAround(unmarked, 'a change of a subscription', afterwards);
      const withWords = (what: string) =>
        outcomes.filter(({ lost }) => lost.some((sentence) => sentence.includes(what)));
      const found = withWords('the customer is found by');
      const lost = withWords('no mark says that it changes');
      expect(found.length).toBeGreaterThan(0);
      expect(lost.length).toBeGreaterThanOrEqual(found.length);
      expect(lastLine(outcomes)).toBe(
        `${outcomes.length} points, ${outcomes.length} killed, ${lost.length} lost, 0 double`,
      );
    },
    8 * minutes,
  );
});

it(
  'the command loses nothing where a ticket is written',
  async () => {
    const { code, output } = await npmRun('crash-points', ['--scenario', 'a ticket', '--only', around]);
    expect(output).toMatch(/^(\d+) points, \1 killed, 0 lost, 0 double$/m);
    expect(code).toBe(0);
  },
  8 * minutes,
);
