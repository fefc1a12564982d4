import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DurableHost, startDurableHost } from './durable-host.ts';

const LIMIT = 7;
let host: DurableHost;
beforeAll(async () => {
  host = await startDurableHost({
    env: { AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions: String(LIMIT) },
  });
});
afterAll(() => host?.stop());

test('no more activities run at the same time than host.json allows, and no fewer', async () => {
  const { output } = await host.run('fanOut', { input: { width: 60, activity: 'crowd' } });
  expect(Math.max(...(output as { all: number[] }).all)).toBe(LIMIT);
});

test('a hundred instances of ten activities each end with the right results', async () => {
  const ids = await Promise.all(
    Array.from({ length: 100 }, async () => (await host.start('fanOut', { input: { width: 10 } })).id),
  );
  for (const id of ids) {
    expect((await host.until(id)).output).toEqual({ all: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], tail: 'tail' });
  }
});
