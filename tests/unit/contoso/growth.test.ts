import { expect, test } from 'vitest';
import { measureGrowth } from '#bench/growth/measure';

/** Most rows that one answer may be made of. */
const mostRows = 402;

test('no call of a tool takes more round trips with more customers, nor rows beyond those of a page', async () => {
  const { byCustomers } = await measureGrowth([250, 2_500], () => {});
  expect(byCustomers.length).toBeGreaterThan(20);
  for (const { what, roundTrips, rowsRead } of byCustomers) {
    expect(new Set(roundTrips).size, what).toBe(1);
    expect(Math.max(...rowsRead), what).toBeLessThanOrEqual(mostRows);
  }
}, 240_000);
