import { describe, expect, test } from 'vitest';
import { event, names, record, tableStore } from './stored-records.ts';

describe('in tables', () => {
  test('who takes over shuts the owner before out', async () => {
    const store = await tableStore();
    const created = record();
    const old = await store.create(created, 'A');
    if (!old) {
      throw new Error('not created');
    }
    expect(await store.takeOver(created, old, 'B')).toBe(true);
    expect(await store.takeOver(created, old, 'C')).toBe(false);
    const current = { hostId: 'B', number: 2 };
    expect(await store.tenure(created)).toEqual(current);
    const one = { ...created, commits: 1 };
    await expect(store.commit({ record: one, events: [event('late')] }, old)).rejects.toThrow();
    expect(await store.read('one')).toEqual(created);
    await store.commit({ record: one, events: [event('good')] }, current);
    expect(names(await store.history(one))).toEqual(['good']);
  });

  test('a commit that arrives twice changes nothing', async () => {
    const store = await tableStore();
    const created = record();
    const tenure = await store.create(created, 'A');
    if (!tenure) {
      throw new Error('not created');
    }
    const one = { ...created, commits: 1 };
    const two = { ...created, commits: 2, customStatus: '"new"' };
    await store.commit({ record: one, events: [event('a')] }, tenure);
    await store.commit({ record: two, events: [event('b')] }, tenure);
    await expect(store.commit({ record: one, events: [event('a')] }, tenure)).rejects.toThrow();
    expect(await store.read('one')).toEqual(two);
    expect(names(await store.history(two))).toEqual(['a', 'b']);
  });

  test('a record may grow over several rows, and shrink again', async () => {
    const store = await tableStore();
    const created = record('one', { input: JSON.stringify('ä"\u2028'.repeat(200_000)) });
    const tenure = await store.create(created, 'A');
    if (!tenure) {
      throw new Error('not created');
    }
    expect(await store.read('one')).toEqual(created);
    const small = { ...created, commits: 1, input: null };
    await store.commit({ record: small, events: [] }, tenure);
    expect(await store.read('one')).toEqual(small);
    const ended = { ...small, status: 'Completed' as const };
    expect(await store.purge(ended)).toBe(true);
    expect(await store.create(created, 'A')).toBeDefined();
  });

  test('what does not fit into a transaction is refused before it is sent', async () => {
    const store = await tableStore();
    const huge = record('one', { input: JSON.stringify('"'.repeat(1_000_000)) });
    await expect(store.create(huge, 'A')).rejects.toThrow(/This would store \d+ bytes at once/);
    expect(await store.read('one')).toBeUndefined();
  });
});
