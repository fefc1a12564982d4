import { afterEach, expect, test } from 'vitest';
import { systemClock } from '#emulators/host/clock';
import { createBackground } from '#emulators/host/durable/background';
import { Engine } from '#emulators/host/durable/engine';
import type { EngineContext } from '#emulators/host/durable/engine-context';
import { findDurableFunctions } from '#emulators/host/durable/functions';
import { Polling } from '#emulators/host/durable/polling';
import { type Action, EventType, type HistoryEvent } from '#emulators/host/durable/protocol';
import { Slots } from '#emulators/host/durable/slots';
import type { DurableStore } from '#emulators/host/durable/store';
import { createTableStore } from '#emulators/host/durable/table-store';
import { freshHub, testHubStorage } from './durable-host.ts';

// Engines inside this process, over functions that answer by hand: for what two hosts and failing storage can do to each other.

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) {
    await stop();
  }
});

const FUNCTIONS = findDurableFunctions([
  ...['listener', 'collector'].map((name) => ({
    name,
    bindings: { context: { type: 'orchestrationTrigger', direction: 'in' as const } },
  })),
  { name: 'step', bindings: { input: { type: 'activityTrigger', direction: 'in' as const } } },
]);

/** What the library would answer: a listener waits for an event and then an activity, a collector for events. */
const ORCHESTRATORS: Record<string, (history: HistoryEvent[]) => { actions: Action[]; output?: unknown }> = {
  collector: () => ({ actions: [{ actionType: 6 }] }),
  listener: (history) => {
    const [raised] = history.filter(({ EventType: type }) => type === EventType.EventRaised);
    const done = history.find(({ EventType: type }) => type === EventType.TaskCompleted);
    const wait = { actionType: 6 };
    const step = { actionType: 0, functionName: 'step', input: raised?.Input };
    return {
      actions: raised ? [wait, step] : [wait],
      ...(done && { output: JSON.parse(done.Result ?? 'null') }),
    };
  },
};

async function startEngine(store: DurableStore) {
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const background = createBackground(warn);
  const invoke = async (name: string, request: { inputData?: readonly { data: { string?: string } }[] }) => {
    const text = request.inputData?.[0]?.data.string ?? '';
    const orchestrator = ORCHESTRATORS[name];
    const answer = orchestrator?.(JSON.parse(text).history);
    const json = answer
      ? JSON.stringify({ isDone: 'output' in answer, actions: [answer.actions], output: answer.output })
      : JSON.stringify(`did ${text}`);
    return { result: undefined, response: { invocationId: '1', returnValue: { json } } };
  };
  const context: EngineContext = {
    store,
    clock: systemClock,
    functions: FUNCTIONS,
    invoke,
    activitySlots: new Slots(10),
    turns: { functions: FUNCTIONS, strict: false, invoke, warn },
    background: background.run,
    inform: () => {},
    noteActivity: () => polling.noteActivity(),
  };
  const engine = new Engine(context);
  const polling = new Polling(engine, context);
  await polling.start();
  const stop = async () => {
    polling.stop();
    await engine.stop();
    await background.settled();
    await engine.presence.leave();
  };
  stops.push(stop);
  return { engine, warnings, stop };
}

async function openStore(): Promise<DurableStore> {
  const store = createTableStore(testHubStorage(), freshHub());
  await store.open();
  return store;
}

async function ended(engine: Engine, instanceId: string) {
  await expect
    .poll(async () => (await engine.read(instanceId))?.status, { timeout: 10_000 })
    .toBe('Completed');
  const record = await engine.read(instanceId);
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
    const store = await openStore();
    let failures = 0;
    const a = await startEngine({
      ...store,
      async commit(commit, tenure) {
        if (commit.record.commits !== 2 || failures > 0) {
          return await store.commit(commit, tenure);
        }
        failures += 1;
        if (stores) {
          await store.commit(commit, tenure);
        }
        throw new Error('no answer');
      },
    });
    const { instanceId, ...rest } = await a.engine.start({ ...START, name: 'listener' });
    await a.engine.send({ instanceId, ...rest }, GO);
    const record = await ended(a.engine, instanceId);
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
  const store = await openStore();
  const a = await startEngine({
    ...store,
    removeMessages: async () => {
      throw new Error('no answer');
    },
  });
  const record = await a.engine.start({ ...START, name: 'collector' });
  await a.engine.send(record, GO);
  const raised = async (from: Engine) =>
    (await store.history((await from.read(record.instanceId)) ?? record)).filter(
      ({ EventType: type }) => type === EventType.EventRaised,
    );
  await expect.poll(() => raised(a.engine)).toHaveLength(1);
  await a.stop();
  expect(await store.messageKeys()).toHaveLength(1);

  const b = await startEngine(store);
  await expect.poll(() => store.messageKeys(), { timeout: 10_000 }).toEqual([]);
  expect(b.engine.owned(record.instanceId)).toBeDefined();
  expect(await raised(b.engine)).toHaveLength(1);
});

test('a message for an earlier instance of the same id is dropped', async () => {
  const store = await openStore();
  const a = await startEngine(store);
  const { instanceId } = await a.engine.start({ ...START, name: 'listener', instanceId: 'again' });
  await store.addMessage({ id: '1', instanceId, incarnation: 'earlier', message: GO });
  await expect.poll(() => store.messageKeys(), { timeout: 10_000 }).toEqual([]);
  expect((await a.engine.read(instanceId))?.status).toBe('Running');
});

test('an end that was not noted in the list is noted by whoever finds it', async () => {
  const store = await openStore();
  const a = await startEngine({
    ...store,
    index: async () => {
      throw new Error('no answer');
    },
  });
  const record = await a.engine.start({ ...START, name: 'listener' });
  await a.engine.send(record, GO);
  await ended(a.engine, record.instanceId);
  await a.stop();
  const b = await startEngine(store);
  await expect.poll(() => store.list({ unfinished: true }), { timeout: 10_000 }).toEqual([]);
  expect(b.engine.owned(record.instanceId)).toBeUndefined();
});
