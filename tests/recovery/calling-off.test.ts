import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHostProcess } from '../../emulators/stack/host-process.ts';
import { freshTenant, testDataStorage } from '../support/azurite.ts';
import { plainToolCall } from '../support/plain-tool-call.ts';
import { environment, type Service, startService, tokenFor } from '../support/service.ts';

/** The built service on the local host, as clients meet it that leave, call off, or see it stop. */
let service: Service;
const settings = {
  AzureWebJobsStorage: testDataStorage(),
  AzureFunctionsJobHost__extensions__durableTask__hubName: `Off${freshTenant()}`.replace(/\W/g, ''),
  TROUBLESHOOT_SECONDS: '15',
};

beforeAll(async () => {
  service = await startService({ env: settings });
});

afterAll(async () => {
  await service?.stop();
});

const token = () => tokenFor(service.tenants[0], ['query']);
const headers = () => ({ Authorization: `Bearer ${token()}` });
const agentic = (origin = service.host.origin) => new URL(`${origin}/agentic/mcp`);
const diagnosis = (device_name: string) => ({ detail: 'Slow in the evening.', device_name });

/** A call of 2026-07-28 without the Tasks extension, whose answer is a stream from the first byte on. */
function callPlainly(device: string, signal?: AbortSignal): Promise<Response> {
  return plainToolCall({
    url: agentic(),
    token: token(),
    name: 'trouble_shoot_device',
    arguments: diagnosis(device),
    progressToken: 'token',
    ...(signal && { signal }),
  });
}

async function connect(origin?: string): Promise<Client> {
  const client = new Client({ name: 'tests', version: '1' });
  const transport = new StreamableHTTPClientTransport(agentic(origin), {
    requestInit: { headers: headers() },
  });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
}

/** Ids and states of the user's jobs, as the user sees them. */
async function jobs(client: Client): Promise<ReadonlyMap<string, string>> {
  const { tasks } = await client.experimental.tasks.listTasks();
  return new Map(tasks.map(({ taskId, status }) => [taskId, status]));
}

/** The one that is there now and was not before. */
async function newJob(client: Client, before: ReadonlyMap<string, string>): Promise<string> {
  let fresh: string | undefined;
  await expect
    .poll(async () => {
      fresh = [...(await jobs(client)).keys()].find((id) => !before.has(id));
      return fresh;
    })
    .toBeDefined();
  return String(fresh);
}

const statusOf = async (client: Client, id: string) => (await jobs(client)).get(id);

describe('a job', () => {
  it('ends when a client of 2026-07-28 closes the stream of its call', async () => {
    const client = await connect();
    const before = await jobs(client);
    const leave = new AbortController();
    const response = await callPlainly('router-1', leave.signal);
    await response.body?.getReader().read();
    const id = await newJob(client, before);
    leave.abort();
    await expect.poll(() => statusOf(client, id)).toBe('cancelled');
    await client.close();
  });

  it('ends when a client of 2025 calls its call off', async () => {
    const client = await connect();
    const before = await jobs(client);
    const off = new AbortController();
    const call = client.callTool(
      { name: 'trouble_shoot_device', arguments: diagnosis('router-2') },
      undefined,
      { signal: off.signal },
    );
    const ended = call.catch(() => 'called off');
    const id = await newJob(client, before);
    off.abort();
    expect(await ended).toBe('called off');
    await expect.poll(() => statusOf(client, id)).toBe('cancelled');
    await client.close();
  });

  it('goes on when the host stops, and the open calls of it end with a word on how to get at it', async () => {
    const client = await connect();
    const before = await jobs(client);
    const modern = await callPlainly('router-3');
    const former = client.callTool({
      name: 'trouble_shoot_device',
      arguments: diagnosis('router-4'),
    });
    await expect.poll(async () => (await jobs(client)).size - before.size).toBe(2);
    const [text, answer] = await Promise.all([modern.text(), former, service.stop()]);
    const joined = /For the result of task ([\w-]+), call trouble_shoot_device again/.exec(text)?.[1];
    const asked = /result of task ([\w-]+) with tasks\/get/.exec(JSON.stringify(answer.content))?.[1];

    const next = await startHostProcess({ env: { ...environment(service.tenants), ...settings } });
    const again = await connect(next.origin);
    for (const id of [joined, asked]) {
      await expect.poll(() => statusOf(again, String(id))).toBe('completed');
    }
    await again.close();
    await next.stop();
  }, 180_000);
});
