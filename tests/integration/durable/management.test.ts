import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DurableHost, hasCustomStatus, type Status, startDurableHost } from './durable-host.ts';

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

  test('by address gives everything but a way to rewind', async () => {
    const response = await host.webhook('orchestrators/steps/by-address?version=2', {
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
      'restartPostUri',
      'suspendPostUri',
      'resumePostUri',
    ]);
    expect(response.headers.get('location')).toBe(body.statusQueryGetUri);
    expect(await host.until('by-address')).toMatchObject({ input: { name: 'b' } });
  });

  test('can wait for the end: the output then is the answer', async () => {
    const path = (name: string) => `orchestrators/${name}?timeout=10&pollingInterval=0.02`;
    const good = await host.webhook(path('steps'), { method: 'POST', body: '{"name":"c"}' });
    expect([good.status, await good.json()]).toMatchObject([200, { results: ['c-1', 'c-2', 'c-3'] }]);
    const bad = await host.webhook(path('fails'), { method: 'POST' });
    expect([bad.status, await bad.json()]).toMatchObject([500, { runtimeStatus: 'Failed' }]);
  });

  test.each([
    ['an unknown function', 'orchestrators/nope', '', 400, /The function 'nope' doesn't exist/],
    ['broken JSON', 'orchestrators/steps', '{', 400, /Invalid JSON content/],
    ['an id that begins with @', 'orchestrators/steps/@x', '', 400, /must not start with @/],
    ['an id with a slash', 'orchestrators/steps/a%2Fb', '', 400, /must not contain/],
    ['an id with a control character', 'orchestrators/steps/a%07b', '', 400, /must not contain/],
    ['an id that is too long', `orchestrators/steps/${'x'.repeat(257)}`, '', 400, /1 to 256 characters/],
  ])('refuses %s', async (_what, path, body, code, message) => {
    const response = await host.webhook(path, { method: 'POST', body });
    expect(response.status).toBe(code);
    expect(await response.text()).toMatch(message);
  });

  test('refuses an id that is in use, and takes one that is free again', async () => {
    await host.start('approval', { instanceId: 'again' });
    await expect(host.client('startNew', 'approval', { instanceId: 'again' })).rejects.toThrow(
      /status code: 500.*An Orchestration instance with the status \w+ already exists\./,
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
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(9).fill(500)]);
    await host.client('terminate', 'race', 'end of the test');
  });

  test.each(["it's", 'Ünï 漢😀', 'a%b+c', "1' or '1'='1", 'A|b~c}'])('takes the id %s', async (id) => {
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
  });
});

describe('the client binding', () => {
  const binding = async () => (await (await fetch(`${host.url}/api/binding`)).json()) as ClientData;

  test('has what the library asks for', async () => {
    expect(await binding()).toMatchObject({
      taskHubName: expect.stringMatching(/^Hub/),
      requiredQueryStringParameters: expect.stringMatching(/^code=/),
      baseUrl: `${host.url}/runtime/webhooks/durabletask`,
      rpcBaseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/durabletask\/$/),
      creationUrls: {
        createNewInstancePostUri: expect.stringContaining(
          '/orchestrators/{functionName}[/{instanceId}]?code=',
        ),
      },
      managementUrls: { id: 'INSTANCEID', rewindPostUri: expect.stringContaining('/rewind?reason={text}&') },
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
    const { historyEvents = [] } = await statusOf(
      instanceId,
      'showHistory=true&showHistoryOutput=true&showInput=true',
    );
    expect(historyEvents.map(({ EventType }) => EventType)).toEqual([
      'ExecutionStarted',
      'TaskCompleted',
      'TaskCompleted',
      'TaskCompleted',
      'TimerCreated',
      'TimerFired',
      'ExecutionCompleted',
    ]);
    expect(historyEvents[0]).toMatchObject({ FunctionName: 'steps', Input: { name: 'h' } });
    expect(historyEvents[1]).toEqual({
      EventType: 'TaskCompleted',
      Timestamp: expect.any(String),
      ScheduledTime: expect.any(String),
      FunctionName: 'echo',
      Result: 'h-1',
    });
    const brief = await statusOf(instanceId, 'showHistory=true&showInput=false');
    expect(brief.historyEvents?.some((event) => 'Result' in event || 'Input' in event)).toBe(false);
    // The library looks for it under another name, and finds nothing.
    expect(await host.client('getStatus', instanceId, { showHistory: true })).not.toHaveProperty('history');
  });
});

describe('raiseEvent', () => {
  test('wants JSON, by type and by content', async () => {
    const { id } = await host.start('approval');
    const raise = (headers: Record<string, string>, body: string) =>
      host.webhook(`instances/${id}/raiseEvent/go`, { method: 'POST', headers, body });
    expect((await raise({ 'content-type': 'text/plain' }, '1')).status).toBe(400);
    expect((await raise(JSON_HEADERS, '{')).status).toBe(400);
    await expect(host.client('raiseEvent', id, 'go')).rejects.toThrow('400');
    expect((await raise({ 'content-type': 'application/json; charset=utf-8' }, '1')).status).toBe(202);
    await host.until(id);
    expect((await raise(JSON_HEADERS, '1')).status).toBe(410);
  });

  test.each(['raiseEvent/go', 'terminate', 'suspend', 'resume', 'rewind'])(
    '%s of nobody is 404, and with another verb too',
    async (operation) => {
      const answer = (method: string) =>
        host.webhook(`instances/nobody/${operation}`, { method, headers: JSON_HEADERS });
      expect((await answer('POST')).status).toBe(404);
      expect((await answer('PUT')).status).toBe(404);
    },
  );

  test('a finished instance takes nothing any more', async () => {
    const { instanceId } = await host.run('steps', { input: { name: 'x' } });
    for (const operation of ['terminate', 'suspend', 'resume', 'rewind']) {
      const response = await host.webhook(`instances/${instanceId}/${operation}`, { method: 'POST' });
      expect([operation, response.status]).toEqual([operation, 410]);
    }
  });
});

test('restart runs the same again, under a new id or the same one', async () => {
  const first = await host.run('steps', { input: { name: 'r' } });
  const restart = async (query: string) =>
    (await (
      await host.webhook(`instances/${first.instanceId}/restart?${query}`, { method: 'POST' })
    ).json()) as { id: string };
  const { id } = await restart('');
  expect(id).not.toBe(first.instanceId);
  expect((await host.until(id)).output).toMatchObject({ results: ['r-1', 'r-2', 'r-3'] });
  expect((await restart('restartWithNewInstanceId=false')).id).toBe(first.instanceId);
  expect((await host.until(first.instanceId)).runtimeStatus).toBe('Completed');
  const unknown = await host.webhook('instances/nobody/restart', { method: 'POST' });
  expect(unknown.status).toBe(400);
});

describe('list and purge', () => {
  test('lists what the query describes, a page at a time', async () => {
    for (const number of [1, 2, 3, 4, 5]) {
      await host.start(number % 2 ? 'approval' : 'fails', { instanceId: `listed-${number}` });
    }
    await host.until('listed-2');
    await host.until('listed-4');
    const list = async (query: string, token = '') => {
      const response = await host.webhook(`instances?instanceIdPrefix=listed-&${query}`, {
        headers: { 'x-ms-continuation-token': token },
      });
      const found = (await response.json()) as Status[];
      return {
        ids: found.map(({ instanceId }) => instanceId),
        token: response.headers.get('x-ms-continuation-token') ?? '',
      };
    };
    expect((await list('')).ids).toHaveLength(5);
    expect((await list('runtimeStatus=Failed')).ids).toEqual(['listed-2', 'listed-4']);
    expect((await list('runtimeStatus=Running,Pending')).ids).toEqual(['listed-1', 'listed-3', 'listed-5']);
    expect((await list('createdTimeFrom=2999-01-01T00:00:00Z')).ids).toEqual([]);
    expect((await list('createdTimeTo=2000-01-01T00:00:00Z')).ids).toEqual([]);
    const first = await list('top=2');
    const second = await list('top=2', first.token);
    const third = await list('top=2', second.token);
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual([1, 2, 3, 4, 5].map((n) => `listed-${n}`));
    expect(third.token).toBe('');
    for (const number of [1, 3, 5]) {
      await host.client('terminate', `listed-${number}`, 'done');
    }
  });

  test('the client gets all pages', async () => {
    const ids = Array.from({ length: 103 }, (_, index) => `many-${String(index).padStart(3, '0')}`);
    await Promise.all(ids.map((instanceId) => host.start('fails', { instanceId })));
    const all = (await host.client('getStatusAll')) as Status[];
    expect(all.map(({ instanceId }) => instanceId).filter((id) => id.startsWith('many-'))).toEqual(ids);
    for (const id of ids) {
      await host.until(id);
    }
  });

  test('purge removes one finished instance, and no running one', async () => {
    const { instanceId } = await host.run('steps', { input: { name: 'p' } });
    expect(await host.client('purgeInstanceHistory', instanceId)).toEqual({ instancesDeleted: 1 });
    expect(await host.client('purgeInstanceHistory', instanceId)).toEqual({ instancesDeleted: 0 });
    expect((await host.webhook(`instances/${instanceId}`)).status).toBe(404);
    const { id } = await host.start('approval');
    expect(await host.client('purgeInstanceHistory', id)).toEqual({ instancesDeleted: 0 });
    expect((await host.status(id)).runtimeStatus).not.toBe('Terminated');
    await host.client('terminate', id, 'done');
  });

  test('purge by time removes what is finished, old enough and has the status', async () => {
    const other = await startDurableHost();
    try {
      const before = new Date(Date.now() - 1000).toISOString();
      await other.run('fails', { instanceId: 'failed' });
      await other.run('steps', { instanceId: 'good', input: { name: 'x' } });
      await other.start('approval', { instanceId: 'running' });
      const purge = async (filter: object) => {
        const answer = await fetch(`${other.url}/api/purge`, {
          method: 'POST',
          body: JSON.stringify(filter),
        });
        return ((await answer.json()) as { instancesDeleted: number }).instancesDeleted;
      };
      expect(await purge({ createdTimeFrom: '2000-01-01', createdTimeTo: before })).toBe(0);
      expect(await purge({ createdTimeFrom: before, runtimeStatus: ['Failed'] })).toBe(1);
      expect(await purge({ createdTimeFrom: before })).toBe(1);
      const left = (await other.client('getStatusAll')) as Status[];
      expect(left.map(({ instanceId }) => instanceId)).toEqual(['running']);
      const response = await other.webhook('instances', { method: 'DELETE' });
      expect([response.status, await response.json()]).toEqual([
        400,
        "Please provide value for 'createdTimeFrom' parameter.",
      ]);
    } finally {
      await other.stop();
    }
  });
});
