import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DurableHost, startDurableHost } from './durable-host.ts';
import { hasCustomStatus, type Status } from './durable-status.ts';

let host: DurableHost;
beforeAll(async () => {
  host = await startDurableHost();
});
afterAll(() => host?.stop());

const JSON_HEADERS = { 'content-type': 'application/json' };

async function statusOf(id: string, query = ''): Promise<Status> {
  return (await (await host.webhook(`instances/${id}?${query}`)).json()) as Status;
}

describe('start', () => {
  test('answers 202 with the addresses of the instance, and those work', async () => {
    const response = await host.post('steps', { input: { name: 'a' } });
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toMatch(
      /\/runtime\/webhooks\/durabletask\/instances\/[0-9a-f]{32}\?taskHub=Hub[0-9a-f]+&connection=Storage&code=/,
    );
    const { id, statusQueryGetUri } = (await response.json()) as { id: string; statusQueryGetUri: string };
    expect(new URL(statusQueryGetUri).origin).toBe(host.url);
    const running = await fetch(statusQueryGetUri);
    expect([running.status, running.headers.get('retry-after')]).toEqual([202, '5']);
    expect(running.headers.get('location')).toBe(statusQueryGetUri);
    await host.until(id);
    expect((await fetch(statusQueryGetUri)).status).toBe(200);
  });

  test('by address gives the addresses of what is emulated', async () => {
    const response = await host.webhook('orchestrators/steps/by-address', {
      method: 'POST',
      body: '{"name":"b"}',
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([202, '10']);
    const body = (await response.json()) as Record<string, string>;
    expect(Object.keys(body)).toEqual([
      'id',
      'statusQueryGetUri',
      'sendEventPostUri',
      'terminatePostUri',
      'purgeHistoryDeleteUri',
      'suspendPostUri',
      'resumePostUri',
    ]);
    expect(response.headers.get('location')).toBe(body.statusQueryGetUri);
    expect(await host.until('by-address')).toMatchObject({ input: { name: 'b' } });
  });

  test.each([
    ['broken JSON', 'orchestrators/steps', '{', 400, /Invalid JSON content/],
    ['an id with a slash', 'orchestrators/steps/a%2Fb', '', 404, /^$/],
  ])('refuses %s', async (_what, path, body, code, message) => {
    const response = await host.webhook(path, { method: 'POST', body });
    expect(response.status).toBe(code);
    expect(await response.text()).toMatch(message);
  });

  test('refuses an id that is in use, and takes one that is free again', async () => {
    await host.start('approval', { instanceId: 'again' });
    await expect(host.client('startNew', 'approval', { instanceId: 'again' })).rejects.toThrow(
      /status code: 409.*An Orchestration instance with the status \w+ already exists\./,
    );
    await host.client('terminate', 'again', 'done');
    await host.until('again');
    // A message for the old instance must not reach the new one.
    expect(await host.client('startNew', 'steps', { instanceId: 'again', input: { name: 'd' } })).toBe(
      'again',
    );
    expect(await host.until('again')).toMatchObject({ name: 'steps', runtimeStatus: 'Completed' });
  });

  test('of ten at once under one id starts one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => host.webhook('orchestrators/approval/race', { method: 'POST' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(9).fill(409)]);
    await host.client('terminate', 'race', 'end of the test');
  });

  test.each(["it's", 'Ünï 漢😀', 'a%b+c', "1' or '1'='1", 'A|b~c}', '@a#b?c\\d\u0007'])(
    'takes the id %s',
    async (id) => {
      const response = await host.webhook(`orchestrators/approval/${encodeURIComponent(id)}`, {
        method: 'POST',
      });
      expect(response.status).toBe(202);
      const event = await host.webhook(`instances/${encodeURIComponent(id)}/raiseEvent/go`, {
        method: 'POST',
        headers: JSON_HEADERS,
        body: '"x"',
      });
      expect(event.status).toBe(202);
      await expect
        .poll(async () => await statusOf(encodeURIComponent(id)))
        .toMatchObject({ instanceId: id, output: { approved: 'x' } });
    },
  );
});

describe('the client binding', () => {
  const binding = async () => (await (await fetch(`${host.url}/api/binding`)).json()) as ClientData;

  test('has what the library asks for', async () => {
    expect(await binding()).toMatchObject({
      taskHubName: expect.stringMatching(/^Hub/),
      rpcBaseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/runtime\/webhooks\/durabletask\/$/),
      managementUrls: { id: 'INSTANCEID', terminatePostUri: expect.stringContaining('?reason={text}&') },
    });
  });

  test('names an address that web pages cannot use', async () => {
    const { rpcBaseUrl } = await binding();
    const ask = (headers: Record<string, string>) => fetch(`${rpcBaseUrl}instances/nobody`, { headers });
    expect((await ask({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await ask({})).status).toBe(404);
    expect((await fetch(rpcBaseUrl.replace('durabletask', 'other'))).status).toBe(404);
  });
});

interface ClientData {
  readonly rpcBaseUrl: string;
}

describe('status', () => {
  test('has every field, nulls included, and times in seconds', async () => {
    const { id } = await host.start('approval', { input: { a: 1 } });
    await host.until(id, hasCustomStatus('waiting'));
    expect(await statusOf(id)).toEqual({
      name: 'approval',
      instanceId: id,
      runtimeStatus: 'Running',
      input: { a: 1 },
      customStatus: 'waiting',
      output: null,
      createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      lastUpdatedTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect((await statusOf(id, 'showInput=false')).input).toBeNull();
    // With an RPC address the library does not send showInput.
    expect(await host.client('getStatus', id, { showInput: false })).toMatchObject({ input: { a: 1 } });
    await host.client('terminate', id, 'a b&c=d');
    // Reasons are not encoded by the library.
    expect((await host.until(id)).output).toBe('a b');
  });

  test('of nobody is 404, and an error in the client', async () => {
    const response = await host.webhook('instances/nobody');
    expect([response.status, await response.text()]).toEqual([404, '']);
    await expect(host.client('getStatus', 'nobody')).rejects.toThrow('HTTP 404');
  });

  test('of a failed instance is 500 only when asked for', async () => {
    const { instanceId } = await host.run('fails');
    expect((await host.webhook(`instances/${instanceId}`)).status).toBe(200);
    const query = 'returnInternalServerErrorOnFailure=true';
    expect((await host.webhook(`instances/${instanceId}?${query}`)).status).toBe(500);
  });

  test('has the history when asked for, told for people', async () => {
    const { instanceId } = await host.run('steps', { input: { name: 'h' } });
    const { historyEvents = [] } = await statusOf(instanceId, 'showHistory=true');
    expect(historyEvents.map(({ EventType }) => EventType)).toEqual([
      'ExecutionStarted',
      'TaskCompleted',
      'TaskCompleted',
      'TaskCompleted',
      'TimerCreated',
      'TimerFired',
      'ExecutionCompleted',
    ]);
    expect(historyEvents[0]).toMatchObject({ Name: 'steps', Input: '{"name":"h"}' });
    expect(historyEvents[1]).toMatchObject({ Timestamp: expect.any(String), Result: '"h-1"' });
    // The library looks for it under another name, and finds nothing.
    expect(await host.client('getStatus', instanceId, { showHistory: true })).not.toHaveProperty('history');
  });
});

describe('list and purge', () => {
  test('the list is in the order of the ids', async () => {
    for (const number of [2, 1]) {
      await host.run('fails', { instanceId: `listed-${number}` });
    }
    const found = (await (await host.webhook('instances')).json()) as Status[];
    const ids = found.map(({ instanceId }) => instanceId).filter((id) => id.startsWith('listed-'));
    expect(ids).toEqual(['listed-1', 'listed-2']);
  });

  test('purge removes one that has ended, and no other', async () => {
    const { instanceId } = await host.run('steps', { input: { name: 'p' } });
    expect(await host.client('purgeInstanceHistory', instanceId)).toEqual({ instancesDeleted: 1 });
    expect(await host.client('purgeInstanceHistory', instanceId)).toEqual({ instancesDeleted: 0 });
    expect((await host.webhook(`instances/${instanceId}`)).status).toBe(404);
    const { id } = await host.start('approval');
    await host.until(id, hasCustomStatus('waiting'));
    const refused = await host.webhook(`instances/${id}`, { method: 'DELETE' });
    expect([refused.status, await refused.json()]).toEqual([
      412,
      `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${id} has status Running`,
    ]);
    expect((await host.status(id)).runtimeStatus).toBe('Running');
    await host.client('terminate', id, 'done');
  });
});

describe('what is not emulated says so', () => {
  test.each([
    ['GET', 'instances?runtimeStatus=Failed'],
    ['DELETE', 'instances?createdTimeFrom=2000-01-01'],
    ['POST', 'orchestrators/steps?timeout=10'],
    ['GET', 'entities/counter/one'],
  ])('%s %s', async (method, path) => {
    const response = await host.webhook(path, { method });
    expect([response.status, await response.json()]).toEqual([
      501,
      `${method} /runtime/webhooks/durabletask/${path} is not emulated by this local host: try it in Azure, or under Core Tools.`,
    ]);
  });
});
