import { TableClient, TableServiceClient } from '@azure/data-tables';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { auditStore } from '#platform/storage/audit-store';
import { tableName } from '#platform/storage/tables';
import { type HostProcess, startHostProcess } from '../../emulators/stack/host-process.ts';
import { freshTenant, testDataStorage, testStorage } from '../support/azurite.ts';
import { plainToolCall } from '../support/plain-tool-call.ts';
import { startRoundRobin } from '../support/round-robin.ts';
import { type ScriptedModelServer, startScriptedModel } from '../support/scripted-model.ts';
import type { HttpServer } from '../support/serve-http.ts';
import { environment, type Service, startService, tokenFor } from '../support/service.ts';

/** Two Functions hosts on one storage, behind a proxy that sends each request to the other one. */
let model: ScriptedModelServer;
let first: Service;
let second: HostProcess;
let proxy: HttpServer;
let settings: Record<string, string>;
const ports: number[] = [];
const hub = `Long${freshTenant()}`.replace(/\W/g, '');

const capabilities = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const generous = { timeout: 150_000, interval: 200 };

beforeAll(async () => {
  model = await startScriptedModel();
  settings = {
    AzureWebJobsStorage: testDataStorage(),
    AzureFunctionsJobHost__extensions__durableTask__hubName: hub,
    STATE_SIGNING_KEY: 'a key that both hosts share: at least 32 bytes',
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_CHAT_MODEL: 'scripted',
    EXPERT_SECONDS: '15',
  };
  first = await startService({ env: settings });
  second = await startSecond();
  ports.push(first.host.port, second.port);
  proxy = await startRoundRobin(ports);
});

afterAll(async () => {
  await proxy?.close();
  await second?.stop();
  await first?.stop();
  await model?.close();
});

const startSecond = () => startHostProcess({ env: { ...environment(first.tenants), ...settings } });
const token = () => tokenFor(first.tenants[0], ['query']);
const url = () => `http://127.0.0.1:${proxy.port}/agentic/mcp`;

function customer(place: number) {
  const one = first.tenants[0].data.customers[place];
  if (one === undefined) {
    throw new Error('The data has too few customers.');
  }
  return one;
}

function lookUp(place: number) {
  const { customer_id } = customer(place);
  return { calls: [{ name: 'get_customer_detail', arguments: { customer_id } }] };
}

function says(place: number) {
  const { customer_id, first_name, last_name } = customer(place);
  return {
    text: JSON.stringify({
      status: 'done',
      answer: `Customer ${customer_id} is ${first_name} ${last_name}.`,
      citations: [],
      actions: [],
      follow_up: null,
    }),
  };
}

const question = (place: number) => ({
  question: `Who is customer ${customer(place).customer_id}? Tell me as a zephyrmarker.`,
});

/** A client of 2026-07-28 that takes tasks. */
async function connected(): Promise<Client> {
  const client = new Client(
    { name: 'tests', version: '1' },
    { capabilities, versionNegotiation: { mode: 'auto' } },
  );
  const requestInit = { headers: { Authorization: `Bearer ${token()}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url()), { requestInit }));
  return client;
}

const taskSchema = z.looseObject({ status: z.string(), statusMessage: z.string().optional() });

/** Asks as a client that takes tasks; the answer comes as a stream. */
async function asked(place: number, name = 'ask_billing_expert'): Promise<Record<string, unknown>> {
  const response = await plainToolCall({
    ...{ url: url(), token: token(), name, capabilities },
    arguments: question(place),
  });
  const [, data = '{}'] = /^data: (.+)$/m.exec(await response.text()) ?? [];
  return z.object({ result: z.record(z.string(), z.unknown()) }).parse(JSON.parse(data)).result;
}

/** How often experts looked a customer up, by the trail. */
async function lookUps(): Promise<number> {
  const now = new Date();
  const since = new Date(now.getTime() - 3_600_000);
  let found = 0;
  for await (const { tool } of auditStore(await testStorage()).read({
    ...{ tenant: first.tenants[0].slug, since, now },
  })) {
    found += tool === 'get_customer_detail' ? 1 : 0;
  }
  return found;
}

it('a quick answer needs no task, whichever host makes its turns', async () => {
  model.plan(lookUp(0), says(0));
  const result = await asked(0);
  expect(result).toMatchObject({
    resultType: 'complete',
    structuredContent: { status: 'done', answer: expect.stringContaining(customer(0).last_name) },
  });
  expect(model.seen.asked).toBe(2);
});

/** Ends both hosts with a signal that none can catch, and starts them anew. */
async function allDie(meanwhile: () => void): Promise<void> {
  await second.kill();
  meanwhile();
  first = await first.restart();
  second = await startSecond();
  ports.splice(0, 2, first.host.port, second.port);
}

it('a slow answer becomes a task, and outlives the hosts: no turn and no tool twice', async () => {
  const before = model.seen.asked;
  await expect.poll(lookUps, generous).toBe(1);
  model.plan(lookUp(1), 'nothing');
  const handle = await asked(1);
  expect(handle).toMatchObject({ resultType: 'task', status: 'working' });
  await expect.poll(() => model.seen.asked, generous).toBe(before + 2);
  const client = await connected();
  const look = () => client.request({ method: 'tasks/get', params: { taskId: handle.taskId } }, taskSchema);
  const said = 'Turn 2: working on the answer, 1 look-up so far.';
  await expect.poll(look, generous).toMatchObject({ status: 'working', statusMessage: said });
  await allDie(() => model.plan(says(1)));
  await expect.poll(look, generous).toMatchObject({ status: 'completed' });
  expect(await look()).toMatchObject({
    result: { structuredContent: { status: 'done', answer: expect.stringContaining(customer(1).last_name) } },
  });
  await client.close();
  expect(model.seen.asked, 'only the turn that was cut off is made again').toBe(before + 3);
  await expect.poll(lookUps, generous).toBe(2);
}, 400_000);

/** A call of a client of 2025-11-25 that asks for a task: what comes of it, message by message. */
async function askedAsTask(client: ClientV1, place: number) {
  const requestInit = { headers: { Authorization: `Bearer ${token()}` } };
  const transport = new TransportV1(new URL(url()), { requestInit });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  await client.listTools();
  return client.experimental.tasks.callToolStream(
    { name: 'ask_billing_expert', arguments: question(place) },
    undefined,
    { task: { ttl: 600_000 } },
  );
}

it('a client of 2025-11-25 that asks for a task gets one; a part goes to another expert', async () => {
  const { asked: before } = model.seen;
  const part = { name: 'hand_to_account_expert', arguments: question(2) };
  model.plan({ calls: [part] }, lookUp(2), says(2), says(2));
  const client = new ClientV1({ name: 'tests', version: '1' });
  const messages = [];
  for await (const message of await askedAsTask(client, 2)) {
    messages.push(message);
  }
  await client.close();
  expect(messages[0]?.type).toBe('taskCreated');
  expect(messages.at(-1)).toMatchObject({
    type: 'result',
    result: { structuredContent: { answer: expect.stringContaining(customer(2).last_name) } },
  });
  expect(model.seen.asked).toBe(before + 4);
  await expect.poll(lookUps, generous).toBe(3);
});

it('a question to all experts, of which one hands on to another, outlives the hosts: no turn and no tool twice', async () => {
  const { asked: before } = model.seen;
  const why = 'It is about what somebody owes.';
  const part = { name: 'hand_to_account_expert', arguments: question(4) };
  model.plan(
    { text: JSON.stringify({ expert: 'billing', reason: why }) },
    { calls: [part] },
    lookUp(4),
    'nothing',
  );
  const handle = await asked(4, 'ask_expert');
  expect(handle).toMatchObject({ resultType: 'task', status: 'working' });
  await expect.poll(() => model.seen.asked, generous).toBe(before + 4);
  // the other expert is at work when its process ends
  await allDie(() => model.plan(says(4), says(4)));
  const client = await connected();
  const look = () => client.request({ method: 'tasks/get', params: { taskId: handle.taskId } }, taskSchema);
  await expect.poll(look, generous).toMatchObject({ status: 'completed' });
  expect(await look()).toMatchObject({
    result: {
      structuredContent: {
        domain: 'billing',
        status: 'done',
        why,
        answer: expect.stringContaining(customer(4).last_name),
        handed_to: [{ tool: 'ask_account_expert', domain: 'account' }],
      },
    },
  });
  await client.close();
  expect(model.seen.asked, 'only the turn that was cut off is made again').toBe(before + 6);
  await expect.poll(lookUps, generous).toBe(4);
}, 400_000);

it('cancelling ends the model’s turn, and nothing is looked up any more', async () => {
  const { asked: before, left } = model.seen;
  model.plan(lookUp(3), 'nothing', lookUp(4));
  const client = new ClientV1({ name: 'tests', version: '1' });
  let task: string | undefined;
  for await (const message of await askedAsTask(client, 3)) {
    if (message.type === 'taskCreated') {
      task = message.task.taskId;
      break;
    }
  }
  await expect.poll(() => model.seen.asked, generous).toBe(before + 2);
  expect(await client.experimental.tasks.cancelTask(task ?? '')).toMatchObject({ status: 'cancelled' });
  await client.close();
  await expect.poll(() => model.seen.left, generous).toBe(left + 1);
  await expect.poll(lookUps, generous).toBe(5);
  expect(model.seen.asked).toBe(before + 2);
});

it('the engine knows nothing of what was said: that lies in the tenant’s own table', async () => {
  const markers = [customer(0).last_name, customer(1).last_name, 'zephyrmarker', customer(1).email];
  const connection = testDataStorage();
  const options = { allowInsecureConnection: true };
  let history = '';
  for await (const { name = '' } of TableServiceClient.fromConnectionString(
    connection,
    options,
  ).listTables()) {
    if (name.toLowerCase().startsWith(hub.toLowerCase())) {
      history += await textOf(name);
    }
  }
  expect(history, 'what it keeps can be read').toContain('ask_billing_expert');
  expect(markers.filter((marker) => history.includes(marker))).toEqual([]);
  const own = await textOf(tableName(first.tenants[0].slug, 'Questions'));
  expect(markers.filter((marker) => !own.includes(marker))).toEqual([]);

  async function textOf(name: string): Promise<string> {
    const rows = [];
    for await (const row of TableClient.fromConnectionString(connection, name, options).listEntities()) {
      rows.push(JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)));
    }
    return rows.join('\n');
  }
});
