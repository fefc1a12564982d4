import { describe, expect, test } from 'vitest';
import { event, NOW, names, record, STORES } from './stored-records.ts';

describe.each(STORES)('in %s', (_name, open) => {
  test('an id is given once', async () => {
    const store = await open();
    const first = record();
    expect(await store.create(first)).toBe(true);
    expect(await store.create(record())).toBe(false);
    expect(await store.read('one')).toEqual(first);
    expect(await store.read('two')).toBeUndefined();
  });

  test('commits add to the history', async () => {
    const store = await open();
    const created = record();
    await store.create(created);
    expect(await store.history(created)).toEqual([]);
    const one = { ...created, commits: 1 };
    await store.commit(one, [event('a'), event('b')]);
    const two = { ...one, commits: 2, status: 'Running' as const };
    await store.commit(two, [event('c')]);
    expect(await store.read('one')).toEqual(two);
    expect(names(await store.history(two))).toEqual(['a', 'b', 'c']);
  });

  test('who takes over shuts the owner before out', async () => {
    const store = await open();
    const created = record();
    await store.create(created);
    const taken = { ...created, hostId: 'B', commits: 1 };
    await store.commit(taken, []);
    await expect(store.commit({ ...created, hostId: 'C', commits: 1 }, [])).rejects.toThrow();
    await expect(store.commit({ ...created, commits: 1 }, [event('late')])).rejects.toThrow();
    expect(await store.read('one')).toEqual(taken);
    await store.commit({ ...taken, commits: 2 }, [event('good')]);
    expect(names(await store.history(taken))).toEqual(['good']);
  });

  test('a commit that arrives twice, or late, changes nothing', async () => {
    const store = await open();
    const created = record();
    await store.create(created);
    const one = { ...created, commits: 1 };
    const two = { ...created, commits: 2, customStatus: '"new"' };
    await store.commit(one, [event('a')]);
    await store.commit(two, [event('b')]);
    await expect(store.commit(one, [event('a')])).rejects.toThrow();
    expect(await store.read('one')).toEqual(two);
    expect(names(await store.history(two))).toEqual(['a', 'b']);
  });

  test('an owner of before cannot bring back what was purged, nor write over the next one', async () => {
    const store = await open();
    const ended = record('one', { status: 'Completed' });
    await store.create(ended);
    await store.purge(ended);
    await expect(store.commit({ ...ended, commits: 1 }, [event('late')])).rejects.toThrow();
    expect(await store.read('one')).toBeUndefined();
    const next = record();
    await store.create(next);
    await expect(store.commit({ ...ended, commits: 1 }, [event('late')])).rejects.toThrow();
    expect(await store.read('one')).toEqual(next);
  });

  test('a purged instance is gone, and only once', async () => {
    const store = await open();
    const ended = record('one', { status: 'Completed' });
    await store.create(ended);
    await store.commit({ ...ended, commits: 1 }, [event('a')]);
    expect(await store.purge(ended)).toBe(true);
    expect(await store.purge(ended)).toBe(false);
    expect(await store.read('one')).toBeUndefined();
    expect(await store.history(ended)).toEqual([]);
    // Another one under the same id is not the one that was to be purged.
    await store.create(record());
    expect(await store.purge(ended)).toBe(false);
    expect(await store.read('one')).toBeDefined();
  });

  test('lists have all instances, or those that have not ended', async () => {
    const store = await open();
    const all = ['b-1', 'a-2', 'c ü/1'].map((instanceId) => record(instanceId));
    for (const one of all) {
      await store.create(one);
    }
    const ids = async (which: 'all' | 'unfinished') =>
      (await store.list(which)).map(({ instanceId }) => instanceId);
    expect(await ids('all')).toEqual(['a-2', 'b-1', 'c ü/1']);
    const ended = { ...record(), ...all[1], commits: 1, status: 'Failed' as const };
    await store.commit(ended, []);
    expect(await ids('all')).toEqual(['a-2', 'b-1', 'c ü/1']);
    expect(await store.list('unfinished')).toEqual([all[0], all[2]]);
    await store.purge(ended);
    expect(await ids('all')).toEqual(['b-1', 'c ü/1']);
  });

  test('messages wait in order until they are removed, long ones too', async () => {
    const store = await open();
    const message = (id: string, instanceId: string, input = '1') => ({
      id,
      instanceId,
      incarnation: 'first',
      message: { kind: 'event' as const, name: 'go', input },
    });
    const first = message('1', 'one');
    const long = message('2', 'one', JSON.stringify('x'.repeat(1_000_000)));
    for (const one of [first, long, message('3', 'other'), message('4', 'one')]) {
      await store.messages.put(one.id, one);
    }
    const ids = async () => (await store.messages.all()).map(({ id }) => id).sort();
    expect(await ids()).toEqual(['1', '2', '3', '4']);
    const ofOne = (await store.messages.all()).filter(({ instanceId }) => instanceId === 'one');
    expect(ofOne.map(({ id }) => id)).toEqual(['1', '2', '4']);
    expect(ofOne[1]).toEqual(long);
    for (const one of [first, long, first]) {
      await store.messages.remove(one.id);
    }
    expect(await ids()).toEqual(['3', '4']);
  });

  test('hosts come and go', async () => {
    const store = await open();
    const host = { hostId: 'A', machine: 'm', pid: 1, expires: NOW.toISOString() };
    await store.hosts.put('A', host);
    await store.hosts.put('A', { ...host, pid: 2 });
    expect(await store.hosts.all()).toEqual([{ ...host, pid: 2 }]);
    await store.hosts.remove('A');
    await store.hosts.remove('A');
    expect(await store.hosts.all()).toEqual([]);
  });
});
