import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createMemoryStore } from '#emulators/host/durable/memory-store';
import { EventType } from '#emulators/host/durable/protocol';
import type { DurableStore } from '#emulators/host/durable/store';
import { freshStore } from './durable-host.ts';
import { startEngine } from './engines.ts';

// For what two hosts and failing storage can do to each other.

async function ended(store: DurableStore, instanceId: string) {
  await expect.poll(async () => (await store.read(instanceId))?.status).toBe('Completed');
  const record = await store.read(instanceId);
  if (!record) {
    throw new Error('it was there a moment ago');
  }
  return record;
}

const START = { input: '"x"' };
const GO = { kind: 'event', name: 'go', input: '1' } as const;

test.each([
  ['was stored all the same', true],
  ['was not stored', false],
])(
  'when it is not known whether a turn %s, the instance is read again and goes on',
  async (_what, stores) => {
    const store = await freshStore();
    let failures = 0;
    const a = await startEngine({
      ...store,
      async commit(record, events) {
        if (record.commits !== 2 || failures > 0) {
          return await store.commit(record, events);
        }
        failures += 1;
        if (stores) {
          await store.commit(record, events);
        }
        throw new Error('no answer');
      },
    });
    const { instanceId, ...rest } = await a.engine.start({ ...START, name: 'listener', instanceId: 'one' });
    await a.engine.send({ instanceId, ...rest }, GO);
    const record = await ended(store, instanceId);
    expect(failures).toBe(1);
    expect(a.warnings).toEqual([expect.stringMatching(/could not be stored, and is read again: no answer/)]);
    expect(record.output).toBe('"did 1"');
    const taken = (await store.history(record)).filter(
      ({ EventType: type }) => type === EventType.EventRaised,
    );
    expect(taken).toHaveLength(1);
  },
);

test('a message that was taken in, and could not be removed, is not taken in again', async () => {
  const store = await freshStore();
  const a = await startEngine({
    ...store,
    messages: {
      ...store.messages,
      remove: async () => {
        throw new Error('no answer');
      },
    },
  });
  const record = await a.engine.start({ ...START, name: 'collector', instanceId: 'one' });
  await a.engine.send(record, GO);
  const raised = async () =>
    (await store.history(record)).filter(({ EventType: type }) => type === EventType.EventRaised);
  await expect.poll(raised).toHaveLength(1);
  await a.stop();
  expect(await store.messages.all()).toHaveLength(1);

  const b = await startEngine(store);
  await expect.poll(() => store.messages.all()).toEqual([]);
  expect(b.engine.owned(record.instanceId)).toBeDefined();
  expect(await raised()).toHaveLength(1);
});

test('a message for an earlier instance of the same id is dropped', async () => {
  const store = await freshStore();
  const a = await startEngine(store);
  const { instanceId } = await a.engine.start({ ...START, name: 'listener', instanceId: 'again' });
  await a.stop();
  await store.messages.put('1', { id: '1', instanceId, incarnation: 'earlier', message: GO });
  await startEngine(store);
  await expect.poll(() => store.messages.all()).toEqual([]);
  expect((await store.read(instanceId))?.status).toBe('Running');
});

test('an instance is not listed as unfinished from the commit on that ends it', async () => {
  const store = await freshStore();
  const a = await startEngine(store);
  const record = await a.engine.start({ ...START, name: 'listener', instanceId: 'one' });
  const { instanceId } = record;
  const unfinished = [expect.objectContaining({ instanceId, hostId: a.engine.presence.hostId })];
  expect(await store.list('unfinished')).toEqual(unfinished);
  await a.engine.send(record, GO);
  await ended(store, instanceId);
  expect(await store.list('unfinished')).toEqual([]);
  await a.stop();
  const b = await startEngine(store);
  expect(b.engine.owned(instanceId)).toBeUndefined();
});

test('a list has all instances, in the order of the ids', async () => {
  const store = createMemoryStore();
  const { engine } = await startEngine(store);
  const ids = Array.from({ length: 203 }, (_, index) => `many-${String(index).padStart(3, '0')}`);
  for (const instanceId of ids.toReversed()) {
    await engine.start({ ...START, name: 'collector', instanceId });
  }
  expect((await store.list('all')).map(({ instanceId }) => instanceId)).toEqual(ids);
});

test('no more instances take turns, the storing of them included, than host.json allows', async () => {
  const store = createMemoryStore();
  let atWork = 0;
  let most = 0;
  const a = await startEngine({
    ...store,
    async commit(record, events) {
      atWork += 1;
      most = Math.max(most, atWork);
      await delay(5);
      atWork -= 1;
      await store.commit(record, events);
    },
  });
  const ids = Array.from({ length: 30 }, (_, index) => `collector-${index}`);
  for (const instanceId of ids) {
    await a.engine.start({ ...START, name: 'collector', instanceId });
  }
  const running = async () => (await store.list('all')).filter(({ status }) => status === 'Running');
  await expect.poll(async () => (await running()).length).toBe(ids.length);
  expect(most).toBe(10);
});
