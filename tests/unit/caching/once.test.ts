import { expect, test, vi } from 'vitest';
import { once } from '#platform/caching/once';

test('what was loaded is kept, and loaded by the first caller', async () => {
  const load = vi.fn(async () => ({}));
  const read = once(load);
  expect(load).not.toHaveBeenCalled();
  const [one, other] = await Promise.all([read(), read()]);
  expect(one).toBe(other);
  expect(await read()).toBe(one);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a failure reaches those who wait, and the next caller tries again', async () => {
  const load = vi.fn(async () => 'loaded').mockRejectedValueOnce(new Error('not now'));
  const read = once(load);
  const waiting = [read(), read()];
  for (const one of waiting) {
    await expect(one).rejects.toThrow('not now');
  }
  expect(await read()).toBe('loaded');
  expect(load).toHaveBeenCalledTimes(2);
});
