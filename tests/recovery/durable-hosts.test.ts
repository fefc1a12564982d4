import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DurableHost, freshHub, startDurableHost } from '../integration/durable/durable-host.ts';
import { hasCustomStatus, type Status } from '../integration/durable/durable-status.ts';
import { createGates, type Gates } from '../integration/durable/gates.ts';

let gates: Gates;
let a: DurableHost;
let b: DurableHost;
beforeEach(async () => {
  gates = createGates();
  const hub = freshHub();
  [a, b] = await Promise.all([startDurableHost({ hub }), startDurableHost({ hub })]);
});
afterEach(async () => {
  await Promise.all([a?.stop(), b?.stop()]);
  gates.remove();
});

test('any host answers for any instance', async () => {
  const { id } = await a.start('approval', { input: 'x' });
  await a.until(id, hasCustomStatus('waiting'));
  expect(await b.status(id)).toEqual(await a.status(id));

  await b.client('suspend', id, 'wait');
  await a.until(id, ({ runtimeStatus }) => runtimeStatus === 'Suspended');
  await a.client('resume', id, 'go on');
  await b.until(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
  await b.client('raiseEvent', id, 'go', { by: 'B' });
  expect((await a.until(id)).output).toEqual({ approved: { by: 'B' } });
  expect((await b.until(id)).output).toEqual({ approved: { by: 'B' } });

  expect(((await b.client('getStatusAll')) as Status[]).map(({ instanceId }) => instanceId)).toEqual([id]);
  expect(await b.client('purgeInstanceHistory', id)).toEqual({ instancesDeleted: 1 });
  await expect(a.status(id)).rejects.toThrow('404');
});

test('events from both hosts arrive, each once', async () => {
  const { id } = await a.start('collect', { input: { count: 40 } });
  await a.until(id, hasCustomStatus('collecting'));
  const items = Array.from({ length: 40 }, (_, index) => index);
  await Promise.all(items.map((item) => (item % 2 ? a : b).client('raiseEvent', id, 'item', item)));
  const { output } = await b.until(id);
  expect([...(output as number[])].sort((x, y) => x - y)).toEqual(items);
});

test('of starts under one id on both hosts one succeeds', async () => {
  const start = (host: DurableHost) => host.webhook('orchestrators/approval/same', { method: 'POST' });
  const answers = await Promise.all([start(a), start(b), start(a), start(b)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
  await b.client('terminate', 'same', 'done');
  expect((await a.until('same')).output).toBe('done');
});

test('when a host is killed, the other one goes on with its instances', async () => {
  const gate = gates.gate('1');
  const { id } = await a.start('gatedSteps', { input: { log: gates.log, gates: [gate] } });
  const waiting = await a.start('collect', { input: { count: 2 } });
  await gates.sees('step 1 begins');
  await a.until(waiting.id, hasCustomStatus('collecting'));
  await b.client('raiseEvent', waiting.id, 'item', 'before');
  await a.kill9();

  await b.client('raiseEvent', waiting.id, 'item', 'after');
  gates.open(gate);
  expect((await b.until(id)).output).toEqual(['step 1 done']);
  expect((await b.until(waiting.id)).output).toEqual(['before', 'after']);
  expect(gates.lines()).toEqual(['step 1 begins', 'step 1 begins', 'step 1 ends']);
});

test('when a host is stopped, the other one goes on with its instances', async () => {
  const gate = gates.gate('1');
  const { id } = await a.start('gatedSteps', { input: { log: gates.log, gates: [gate] } });
  await gates.sees('step 1 begins');
  await a.stop();
  gates.open(gate);
  expect((await b.until(id)).output).toEqual(['step 1 done']);
});

test('a host that only seemed dead cannot write any more', async () => {
  const gate = gates.gate('1');
  const { id } = await a.start('gatedSteps', { input: { log: gates.log, gates: [gate, gate] } });
  await gates.sees('step 1 begins');
  const waiting = await a.start('approval');
  await a.until(waiting.id, hasCustomStatus('waiting'));
  process.kill(a.pid, 'SIGSTOP');
  try {
    await b.client('raiseEvent', waiting.id, 'go', 1);
    gates.open(gate);
    // Only after the lease of the silent host has run out.
    expect((await b.until(id)).output).toEqual(['step 1 done', 'step 2 done']);
    await b.until(waiting.id);
  } finally {
    process.kill(a.pid, 'SIGCONT');
  }
  // It wakes up with its activity done, and with an instance that it thinks is still waiting.
  expect(await a.status(id)).toEqual(await b.status(id));
  expect(await a.status(waiting.id)).toEqual(await b.status(waiting.id));
  const another = await a.start('approval');
  await a.until(another.id, hasCustomStatus('waiting'));
  expect((await a.status(waiting.id)).runtimeStatus).toBe('Completed');
  const history = (await (await a.webhook(`instances/${id}?showHistory=true`)).json()) as Status;
  expect(history.historyEvents?.map(({ EventType }) => EventType)).toEqual([
    'ExecutionStarted',
    'TaskCompleted',
    'TaskCompleted',
    'ExecutionCompleted',
  ]);
});
