import { expect, it } from 'vitest';
import { testDataStorage } from '../../support/azurite.ts';
import { manyCallers } from './many-callers.ts';

it('has an order for what several instances answered, while storage is late, busy, cut off and loses answers', async () => {
  const { calls, wrong, troubles } = await manyCallers({
    dataStorage: testDataStorage(),
    seed: 17,
    calls: 150,
  });
  expect(wrong).toEqual([]);
  expect(calls).toBeGreaterThan(140);
  const requests = [...troubles.values()].reduce((sum, times) => sum + times, 0);
  // one in eight, as chance has it
  expect(requests - (troubles.get('none') ?? 0)).toBeGreaterThan(10);
}, 300_000);
