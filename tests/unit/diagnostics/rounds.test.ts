import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rounds } from '#platform/jobs/rounds';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('so many turns are under way at a time, and everybody has one', async () => {
  const rounds = new Rounds(4);
  let [underWay, most] = [0, 0];
  const turns = Array.from({ length: 30 }, () => 0);
  for (const index of turns.keys()) {
    rounds.add(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 10));
      underWay -= 1;
      turns[index] = (turns[index] ?? 0) + 1;
      return turns[index] === 3 ? undefined : 100;
    });
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(most).toBe(4);
  expect(turns).toEqual(turns.map(() => 3));
  expect(vi.getTimerCount()).toBe(0);
});

test('all who wait have one timer, and who leaves has no turn any more', async () => {
  const rounds = new Rounds();
  const seen: string[] = [];
  const leave = ['a', 'b', 'c'].map((name) =>
    rounds.add(async () => {
      seen.push(name);
      return name === 'a' ? 50 : 100;
    }),
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(vi.getTimerCount()).toBe(1);
  leave[1]?.();
  await vi.advanceTimersByTimeAsync(100);
  expect(seen.slice(3).toSorted()).toEqual(['a', 'a', 'c']);
  leave[0]?.();
  leave[2]?.();
  expect(vi.getTimerCount()).toBe(0);
});

test('a turn is no part of the call that asked for it first', async () => {
  const calls = new AsyncLocalStorage<string>();
  const rounds = new Rounds();
  const seen: (string | undefined)[] = [];
  calls.run('a call', () => {
    rounds.add(async () => {
      seen.push(calls.getStore());
      return seen.length === 2 ? undefined : 10;
    });
  });
  await vi.advanceTimersByTimeAsync(20);
  expect(seen).toEqual([undefined, undefined]);
});
