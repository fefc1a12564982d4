import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DurableHost, freshHub, startDurableHost } from '../integration/durable/durable-host.ts';
import { hasCustomStatus, type Status } from '../integration/durable/durable-status.ts';
import { createGates, type Gates } from '../integration/durable/gates.ts';

let hub: string;
let gates: Gates;
const hosts: DurableHost[] = [];
beforeEach(() => {
  hub = freshHub();
  gates = createGates();
});
afterEach(async () => {
  for (const host of hosts.splice(0)) {
    await host.stop();
  }
  gates.remove();
});

async function startHost(): Promise<DurableHost> {
  const host = await startDurableHost({ hub });
  hosts.push(host);
  return host;
}

async function historyOf(host: DurableHost, id: string): Promise<string[]> {
  const response = await host.webhook(`instances/${id}?showHistory=true`);
  const { historyEvents = [] } = (await response.json()) as Status;
  return historyEvents.map(({ EventType }) => String(EventType));
}

test('after a crash in the middle of an activity, what was done stays done and what ran runs again', async () => {
  const [first, second] = [gates.gate('1'), gates.gate('2')];
  gates.open(first);
  const before = await startHost();
  const { id } = await before.start('gatedSteps', { input: { log: gates.log, gates: [first, second] } });
  await gates.sees('step 2 begins');
  await before.kill9();

  const after = await startHost();
  expect(await after.status(id)).toMatchObject({ runtimeStatus: 'Running', customStatus: { step: 2 } });
  gates.open(second);
  expect(await after.until(id)).toMatchObject({ output: ['step 1 done', 'step 2 done'] });
  expect(gates.lines()).toEqual([
    'step 1 begins',
    'step 1 ends',
    'step 2 begins',
    'step 2 begins',
    'step 2 ends',
  ]);
  expect(await historyOf(after, id)).toEqual([
    'ExecutionStarted',
    'TaskCompleted',
    'TaskCompleted',
    'ExecutionCompleted',
  ]);
});

test('after a crash a timer is set again, and one that was due meanwhile fires', async () => {
  const before = await startHost();
  const [short, long] = [
    await before.start('nap', { input: 100 }),
    await before.start('nap', { input: 2_000 }),
  ];
  await before.until(long.id, hasCustomStatus('asleep'));
  await before.kill9();

  const after = await startHost();
  expect((await after.until(short.id)).output).toBe(true);
  expect((await after.until(long.id)).output).toBe(true);
});

test('events that were accepted before a crash are there afterwards, in order', async () => {
  const gate = gates.gate('1');
  const before = await startHost();
  const { id } = await before.start('collect', { input: { count: 4, log: gates.log, gate } });
  await gates.sees('collect begins');
  for (const item of [1, 2, 3, 4]) {
    await before.client('raiseEvent', id, 'item', item);
  }
  await before.kill9();

  const after = await startHost();
  gates.open(gate);
  expect((await after.until(id)).output).toEqual([1, 2, 3, 4]);
});

test('a suspended instance is suspended after a crash, with the events that wait for it', async () => {
  const before = await startHost();
  const { id } = await before.start('approval');
  await before.until(id, hasCustomStatus('waiting'));
  await before.client('suspend', id, 'wait');
  await before.until(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
  await before.client('raiseEvent', id, 'go', 'kept');
  await before.kill9();

  const after = await startHost();
  expect((await after.status(id)).runtimeStatus).toBe('Suspended');
  await after.client('resume', id, 'go on');
  expect((await after.until(id)).output).toEqual({ approved: 'kept' });
});

test('what was accepted with 202 a moment before the crash happens after it', async () => {
  const before = await startHost();
  const waiting = await before.start('approval');
  await before.until(waiting.id, hasCustomStatus('waiting'));
  const answers = await Promise.all([
    before.webhook(`instances/${waiting.id}/terminate?reason=stop`, { method: 'POST' }),
    before.webhook('orchestrators/steps/late', { method: 'POST', body: '{"name":"late"}' }),
  ]);
  await before.kill9();
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);

  const after = await startHost();
  expect(await after.until(waiting.id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'stop' });
  expect((await after.until('late')).output).toMatchObject({ results: ['late-1', 'late-2', 'late-3'] });
});

test('a host that is stopped leaves its instances where the next one goes on', async () => {
  const gate = gates.gate('1');
  const before = await startHost();
  const { id } = await before.start('gatedSteps', { input: { log: gates.log, gates: [gate] } });
  await gates.sees('step 1 begins');
  expect(await before.stop()).toBe(0);

  const after = await startHost();
  gates.open(gate);
  expect((await after.until(id)).output).toEqual(['step 1 done']);
});

test('finished instances, their history and the list are there after a crash', async () => {
  const before = await startHost();
  const { instanceId } = await before.run('steps', { input: { name: 'x' } });
  const history = await historyOf(before, instanceId);
  await before.kill9();

  const after = await startHost();
  expect(await after.status(instanceId)).toMatchObject({
    runtimeStatus: 'Completed',
    input: { name: 'x' },
    customStatus: { step: 3, of: 3 },
  });
  expect(await historyOf(after, instanceId)).toEqual(history);
  expect(await after.client('getStatusAll')).toMatchObject([{ instanceId, runtimeStatus: 'Completed' }]);
});

test('a hundred instances survive a crash together', async () => {
  const before = await startHost();
  const ids = Array.from({ length: 100 }, (_, index) => `job-${index}`);
  await Promise.all(ids.map((instanceId) => before.start('fanOut', { instanceId, input: { width: 10 } })));
  await before.kill9();

  const after = await startHost();
  for (const id of ids) {
    expect((await after.until(id)).output).toEqual({ all: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], tail: 'tail' });
  }
});
