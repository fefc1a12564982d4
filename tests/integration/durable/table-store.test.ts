import { describe, expect, test } from 'vitest';
import { freshStore } from './durable-host.ts';
import { record } from './stored-records.ts';

describe('in tables', () => {
  test('a record may grow over several rows, and shrink again', async () => {
    const store = await freshStore();
    const created = record('one', { input: JSON.stringify('ä"\u2028'.repeat(200_000)) });
    expect(await store.create(created)).toBe(true);
    expect(await store.read('one')).toEqual(created);
    const small = { ...created, commits: 1, input: null };
    await store.commit(small, []);
    expect(await store.read('one')).toEqual(small);
    expect(await store.list('unfinished')).toEqual([small]);
    const ended = { ...small, status: 'Completed' as const };
    expect(await store.purge(ended)).toBe(true);
    expect(await store.create(created)).toBe(true);
  });

  test('what does not fit into a transaction is refused before it is sent', async () => {
    const store = await freshStore();
    const huge = record('one', { input: JSON.stringify('"'.repeat(1_000_000)) });
    await expect(store.create(huge)).rejects.toThrow(/This would store \d+ bytes at once/);
    expect(await store.read('one')).toBeUndefined();
  });
});
