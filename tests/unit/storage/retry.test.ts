import { expect, test, vi } from 'vitest';
import { Conflict, NotFound } from '#platform/errors';
import { retryStale } from '#platform/storage/retry';
import { StaleWrite } from '#platform/storage/stale-write';

test('work runs again until nobody wrote in between', async () => {
  const work = vi
    .fn(async () => 'done')
    .mockRejectedValueOnce(new StaleWrite())
    .mockRejectedValueOnce(new StaleWrite());
  expect(await retryStale(3, work)).toBe('done');
  expect(work).toHaveBeenCalledTimes(3);
});

test('after the last attempt the caller reads what to do', async () => {
  const work = vi.fn(async () => {
    throw new StaleWrite('A record changed since it was read.');
  });
  await expect(retryStale(2, work)).rejects.toThrow(
    new Conflict('Somebody else keeps changing this record; try again in a moment.'),
  );
  expect(work).toHaveBeenCalledTimes(2);
});

test('any other failure is final', async () => {
  const work = vi.fn(async () => {
    throw new NotFound('There is no invoice 1.');
  });
  await expect(retryStale(5, work)).rejects.toThrow(NotFound);
  expect(work).toHaveBeenCalledTimes(1);
});
