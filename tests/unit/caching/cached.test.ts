import { expect, test, vi } from 'vitest';
import { cached } from '#platform/caching/cached';

function aClock(start = Date.parse('2026-01-15T12:00:00Z')) {
  let time = start;
  return {
    now: () => new Date(time),
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

test('a value is loaded once while it is good and again after that', async () => {
  const clock = aClock();
  const load = vi.fn(async () => load.mock.calls.length);
  const read = cached(load, 60_000, clock.now);
  expect(await read()).toBe(1);
  clock.advance(59_999);
  expect(await read()).toBe(1);
  clock.advance(1);
  expect(await read()).toBe(2);
});

test('callers that come while it loads share the one load', async () => {
  const load = vi.fn(async () => ({}));
  const read = cached(load, 60_000, aClock().now);
  const [one, other] = await Promise.all([read(), read()]);
  expect(load).toHaveBeenCalledTimes(1);
  expect(one).toBe(other);
});

test('a failure reaches its callers and is not kept', async () => {
  const load = vi.fn(async () => 'loaded').mockRejectedValueOnce(new Error('not now'));
  const read = cached(load, 60_000, aClock().now);
  await expect(read()).rejects.toThrow('not now');
  expect(await read()).toBe('loaded');
});

test('a failure is told for its time without another attempt, and then forgotten', async () => {
  const clock = aClock();
  const load = vi.fn(async () => 'loaded').mockRejectedValueOnce(new Error('not now'));
  const read = cached(load, 60_000, clock.now, 5_000);
  await expect(read()).rejects.toThrow('not now');
  clock.advance(4_999);
  await expect(read()).rejects.toThrow('not now');
  expect(load).toHaveBeenCalledTimes(1);
  clock.advance(1);
  expect(await read()).toBe('loaded');
});

test('the time of a failure counts from when it is known', async () => {
  const clock = aClock();
  const load = vi.fn(async () => {
    clock.advance(10_000);
    throw new Error('too slow');
  });
  const read = cached(load, 60_000, clock.now, 5_000);
  await expect(read()).rejects.toThrow('too slow');
  await expect(read()).rejects.toThrow('too slow');
  expect(load).toHaveBeenCalledTimes(1);
});
