import { describe, expect, test } from 'vitest';
import { event, NOW, names, record, STORES } from './stored-records.ts';

describe.each(STORES)('in %s', (_name, open) => {
  test('an id is given once', async () => {
    const store = await open();
    const first = record();
    expect(await store.create(first, 'A')).toEqual({ hostId: 'A', number: 1 });
    expect(await store.create(record(), 'B')).toBeUndefined();
    expect(await store.read('one')).toEqual(first);
    expect(await store.read('two')).toBeUndefined();
    expect(await store.tenure(first)).toMatchObject({ hostId: 'A' });
  });

  test('commits add to the history', async () => {
    const store = await open();
    const created = record();
    const tenure = await store.create(created, 'A');
    if (!tenure) {
      throw new Error('not created');
    }
    expect(await store.history(created)).toEqual([]);
    const one = { ...created, commits: 1 };
    await store.commit({ record: one, events: [event('a'), event('b')] }, tenure);
    const two = { ...one, commits: 2, status: 'Running' as const };
    await store.commit({ record: two, events: [event('c')] }, tenure);
    expect(await store.read('one')).toEqual(two);
    expect(names(await store.history(two))).toEqual(['a', 'b', 'c']);
  });

  test('a purged instance is gone, and only once', async () => {
    const store = await open();
    const ended = record('one', { status: 'Completed' });
    await store.create(ended, 'A');
    expect(await store.purge(ended)).toBe(true);
    expect(await store.purge(ended)).toBe(false);
    expect(await store.read('one')).toBeUndefined();
    expect(await store.tenure(ended)).toBeUndefined();
    // Another one under the same id is not the one that was to be purged.
    await store.create(record(), 'A');
    expect(await store.purge(ended)).toBe(false);
    expect(await store.read('one')).toBeDefined();
  });

  test('lists have all instances, or those that have not ended, and who stored each', async () => {
    const store = await open();
    for (const instanceId of ['b-1', 'a-2', 'c ü/1']) {
      await store.create(record(instanceId), 'A');
    }
    const ids = async (which: 'all' | 'unfinished') =>
      (await store.list(which)).map(({ instanceId }) => instanceId);
    expect(await ids('all')).toEqual(['a-2', 'b-1', 'c ü/1']);
    const ended = record('a-2', { commits: 1, status: 'Failed' });
    const { incarnation } = (await store.read('a-2')) ?? ended;
    await store.commit({ record: { ...ended, incarnation }, events: [] }, { hostId: 'A', number: 1 });
    expect(await ids('all')).toEqual(['a-2', 'b-1', 'c ü/1']);
    expect(await ids('unfinished')).toEqual(['b-1', 'c ü/1']);
    expect((await store.list('unfinished'))[1]).toEqual({ instanceId: 'c ü/1', hostId: 'A' });
    await store.purge({ ...ended, incarnation });
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
    const long = message('2', 'one', JSON.stringify('x'.repeat(1_000_000)));
    for (const one of [message('1', 'one'), long, message('3', 'other'), message('4', 'one')]) {
      await store.addMessage(one);
    }
    const ids = async () => (await store.messages()).map(({ id }) => id).sort();
    expect(await ids()).toEqual(['1', '2', '3', '4']);
    const ofOne = (await store.messages()).filter(({ instanceId }) => instanceId === 'one');
    expect(ofOne.map(({ id }) => id)).toEqual(['1', '2', '4']);
    expect(ofOne[1]).toEqual(long);
    await store.removeMessages('one', ['1', '2']);
    await store.removeMessages('one', ['1']);
    expect(await ids()).toEqual(['3', '4']);
  });

  test('hosts come and go', async () => {
    const store = await open();
    const host = { hostId: 'A', machine: 'm', pid: 1, expires: NOW.toISOString() };
    await store.putHost(host);
    await store.putHost({ ...host, pid: 2 });
    expect(await store.hosts()).toEqual([{ ...host, pid: 2 }]);
    await store.removeHost('A');
    await store.removeHost('A');
    expect(await store.hosts()).toEqual([]);
  });
});
