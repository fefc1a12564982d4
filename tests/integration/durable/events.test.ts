import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DurableHost, startDurableHost } from './durable-host.ts';
import { hasCustomStatus, type Status } from './durable-status.ts';

let host: DurableHost;
beforeAll(async () => {
  host = await startDurableHost();
});
afterAll(() => host?.stop());

const JSON_HEADERS = { 'content-type': 'application/json' };

const byAddress = async (id: string, operation: string, init: RequestInit = {}) =>
  (await host.webhook(`instances/${id}/${operation}`, { method: 'POST', headers: JSON_HEADERS, ...init }))
    .status;

/** The two ways to say something to an instance: the durable client inside the app, and the management API. */
const WAYS = [
  {
    way: 'the client of the app',
    raise: (id: string, name: string, data: unknown) => host.client('raiseEvent', id, name, data),
    say: (id: string, operation: 'suspend' | 'resume', reason: string) => host.client(operation, id, reason),
  },
  {
    way: 'the HTTP API',
    raise: async (id: string, name: string, data: unknown) =>
      expect(await byAddress(id, `raiseEvent/${name}`, { body: JSON.stringify(data) })).toBe(202),
    say: async (id: string, operation: 'suspend' | 'resume', reason: string) =>
      expect(await byAddress(id, `${operation}?reason=${reason}`)).toBe(202),
  },
];

const isSuspended = ({ runtimeStatus }: Status) => runtimeStatus === 'Suspended';
const isRunning = ({ runtimeStatus }: Status) => runtimeStatus === 'Running';

async function waiting(name: string, input?: unknown): Promise<string> {
  const { id } = await host.start(name, { input });
  await host.until(id, hasCustomStatus('waiting'));
  return id;
}

describe.each(WAYS)('through $way', ({ raise, say }) => {
  test('an event beats a timer, and the cancelled timer is not waited for', async () => {
    const id = await waiting('approval');
    await raise(id, 'go', { by: 'Ann' });
    expect((await host.until(id)).output).toEqual({ approved: { by: 'Ann' } });
  });

  test('events wait for whoever waits for their name, each name in its order', async () => {
    const { id } = await host.start('signatures');
    for (const [name, data] of [
      ['sealed', 1],
      ['signed', 2],
      ['signed', 3],
    ] as const) {
      await raise(id, name, data);
    }
    expect((await host.until(id)).output).toEqual([2, 1, 3]);
  });

  test('the name of an event is taken as it is written', async () => {
    const id = await waiting('approval');
    await raise(id, 'GO', 'loud');
    await raise(id, 'go', 'right');
    expect((await host.until(id)).output).toEqual({ approved: 'right' });
  });

  test('a suspended instance takes nothing in until it is resumed, and shows why', async () => {
    const id = await waiting('signatures');
    await say(id, 'suspend', 'holiday');
    expect(await host.until(id, isSuspended)).toMatchObject({ output: 'holiday', customStatus: 'waiting' });
    for (const name of ['signed', 'sealed', 'signed']) {
      await raise(id, name, name);
    }
    expect(await host.status(id)).toMatchObject({ runtimeStatus: 'Suspended', output: 'holiday' });
    await say(id, 'resume', 'back');
    expect((await host.until(id)).output).toEqual(['signed', 'sealed', 'signed']);
  });

  test('a resumed instance that still waits runs, and shows why', async () => {
    const id = await waiting('approval');
    await say(id, 'suspend', 'holiday');
    await host.until(id, isSuspended);
    await say(id, 'resume', 'back');
    expect(await host.until(id, isRunning)).toMatchObject({ output: 'back' });
    await raise(id, 'go', 1);
    expect((await host.until(id)).output).toEqual({ approved: 1 });
  });
});

test('a timer that is due first wins', async () => {
  expect((await host.run('deadline', { input: 50 })).output).toEqual({ answer: 'too late', after: 'after' });
});

test('a timer that nobody cancelled keeps the instance running', async () => {
  const { id } = await host.start('approval', { input: { cancel: false } });
  await host.until(id, hasCustomStatus('waiting'));
  expect(await byAddress(id, 'raiseEvent/go', { body: '1' })).toBe(202);
  // The turn that took the event in is in the history: what it left is what stays.
  const history = async () =>
    ((await (await host.webhook(`instances/${id}?showHistory=true`)).json()) as Status).historyEvents ?? [];
  await expect.poll(async () => (await history()).map(({ EventType }) => EventType)).toContain('EventRaised');
  expect((await host.status(id)).runtimeStatus).toBe('Running');
  await host.client('terminate', id, 'enough');
  expect(await host.until(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
});

test('a suspended instance can be terminated', async () => {
  const id = await waiting('approval');
  await host.client('suspend', id, 'wait');
  await host.until(id, isSuspended);
  await host.client('terminate', id, 'never mind');
  expect(await host.until(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'never mind' });
});

describe('is refused:', () => {
  test('suspend of a suspended instance, a start under its id, resume of a running one', async () => {
    const id = await waiting('approval');
    await expect(host.client('resume', id, 'x')).rejects.toThrow(
      `Cannot resume the orchestration instance ${id} because instance is in the Running state.`,
    );
    await host.client('suspend', id, 'wait');
    await host.until(id, isSuspended);
    await expect(host.client('suspend', id, 'again')).rejects.toThrow(
      `Cannot suspend the orchestration instance ${id} because instance is in the Suspended state.`,
    );
    const again = await host.webhook(`orchestrators/approval/${id}`, { method: 'POST' });
    expect([again.status, await again.json()]).toEqual([
      409,
      { Message: 'An Orchestration instance with the status Suspended already exists.' },
    ]);
    expect((await host.webhook(`instances/${id}`, { method: 'DELETE' })).status).toBe(412);
    await host.client('terminate', id, 'end of the test');
  });

  test('an event that is no JSON, by type or by content', async () => {
    const id = await waiting('approval');
    const raise = (body: string, type = 'application/json') =>
      byAddress(id, 'raiseEvent/go', { headers: { 'content-type': type }, body });
    expect([await raise('1', 'text/plain'), await raise('{'), await raise('')]).toEqual([400, 400, 400]);
    await expect(host.client('raiseEvent', id, 'go')).rejects.toThrow('400');
    expect(await raise('1', 'application/json; charset=utf-8')).toBe(202);
    await host.until(id);
  });

  test.each(['raiseEvent/go', 'terminate', 'suspend', 'resume', 'rewind'])(
    '%s of nobody, and with another verb',
    async (operation) => {
      expect(await byAddress('nobody', operation, { body: '1' })).toBe(404);
      expect(await byAddress('nobody', operation, { method: 'PUT', body: '1' })).toBe(404);
    },
  );

  test('everything for an instance that has ended', async () => {
    const { instanceId } = await host.run('steps', { input: { name: 'x' } });
    for (const operation of ['raiseEvent/go', 'terminate', 'suspend', 'resume']) {
      expect([operation, await byAddress(instanceId, operation, { body: '1' })]).toEqual([operation, 410]);
    }
  });
});
