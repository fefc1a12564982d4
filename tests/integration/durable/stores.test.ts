import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '#emulators/host/durable/memory-store';
import { EventType, type HistoryEvent } from '#emulators/host/durable/protocol';
import { type InstanceRecord, newRecord } from '#emulators/host/durable/record';
import type { DurableStore } from '#emulators/host/durable/store';
import { createTableStore } from '#emulators/host/durable/table-store';
import { freshHub, testHubStorage } from './durable-host.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');

function record(instanceId = 'one', changes: Partial<InstanceRecord> = {}): InstanceRecord {
  const fresh = newRecord({ instanceId, name: 'job', input: '{"a":1}' }, NOW);
  return { ...fresh, ...changes };
}

function event(Name: string): HistoryEvent {
  return { EventType: EventType.EventRaised, EventId: -1, Timestamp: NOW.toISOString(), Name };
}

const names = (history: readonly HistoryEvent[]) => history.map(({ Name }) => Name);

async function tableStore(): Promise<DurableStore> {
  const store = createTableStore(testHubStorage(), freshHub());
  await store.open();
  return store;
}

const STORES: [string, () => Promise<DurableStore>][] = [
  ['memory', async () => createMemoryStore()],
  ['tables', tableStore],
];

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

  test('lists are filtered by position and end', async () => {
    const store = await open();
    for (const [instanceId, day] of [
      ['a-1', '01'],
      ['a-2', '02'],
      ['b-1', '03'],
    ] as const) {
      const createdTime = `2026-01-${day}T00:00:00.000Z`;
      await store.index({
        instanceId,
        createdTime,
        hostId: 'A',
        finalStatus: instanceId === 'a-2' ? 'Failed' : undefined,
      });
    }
    const ids = async (filter: Parameters<DurableStore['list']>[0]) =>
      (await store.list(filter)).map(({ instanceId }) => instanceId);
    expect(await ids({})).toEqual(['a-1', 'a-2', 'b-1']);
    expect(await ids({ after: 'a-1' })).toEqual(['a-2', 'b-1']);
    expect(await ids({ unfinished: true })).toEqual(['a-1', 'b-1']);
    expect((await store.list({ after: 'a-1' }))[0]).toMatchObject({ finalStatus: 'Failed', hostId: 'A' });
    await store.removeFromIndex('a-2');
    await store.removeFromIndex('a-2');
    expect(await ids({})).toEqual(['a-1', 'b-1']);
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
    const keys = async () => (await store.messageKeys()).map(({ id }) => id).sort();
    expect(await keys()).toEqual(['1', '2', '3', '4']);
    expect((await store.messagesFor('one')).map(({ id }) => id)).toEqual(['1', '2', '4']);
    expect((await store.messagesFor('one'))[1]).toEqual(long);
    await store.removeMessages('one', ['1', '2']);
    await store.removeMessages('one', ['1']);
    expect(await keys()).toEqual(['3', '4']);
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
