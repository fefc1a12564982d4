import { expect, it } from 'vitest';
import { testDataStorage } from '../../support/azurite.ts';
import { manyCallers } from './many-callers.ts';

it('has an order for what several instances answered, while storage is late, busy, cut off and loses answers', async () => {
  const { calls, wrong, troubles, conflicts } = await manyCallers({
    dataStorage: testDataStorage(),
    seed: 17,
    calls: 150,
  });
  expect(wrong).toEqual([]);
  expect(calls).toBeGreaterThan(140);
  for (const trouble of ['late', 'busy', 'throttled', 'cut', 'lost'] as const) {
    expect(troubles.get(trouble), trouble).toBeGreaterThan(0);
  }
  expect(conflicts).toBeGreaterThan(0);
}, 300_000);
