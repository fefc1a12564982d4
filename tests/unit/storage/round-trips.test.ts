import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { countRoundTrips, noteRoundTrip, uncounted } from '#platform/storage/round-trips';

test('work that runs side by side is counted apart', async () => {
  const travel = async (times: number) => {
    for (let trip = 0; trip < times; trip += 1) {
      await nextTurn();
      noteRoundTrip();
    }
    return times;
  };
  const [two, three] = await Promise.all([
    countRoundTrips(() => travel(2)),
    countRoundTrips(() => travel(3)),
  ]);
  expect(two).toEqual({ result: 2, count: 2 });
  expect(three).toEqual({ result: 3, count: 3 });
});

test('an outer measurement includes an inner one', async () => {
  const outer = await countRoundTrips(async () => {
    noteRoundTrip();
    return (await countRoundTrips(async () => noteRoundTrip())).count;
  });
  expect(outer).toEqual({ result: 1, count: 2 });
});

test('work that nobody waits for is charged to nobody', async () => {
  const { count } = await countRoundTrips(async () => uncounted(noteRoundTrip));
  expect(count).toBe(0);
});
