import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from '../../emulators/stack/host-process.ts';
import { currentClient, formerClient } from '../../scripts/demo/clients.ts';
import { eras } from '../integration/experts/expert-clients.ts';
import { testDataStorage } from '../support/azurite.ts';
import { startRoundRobin } from '../support/round-robin.ts';
import { environment, type Service, startService, tokenFor } from '../support/service.ts';
import { taskClient } from '../support/task-client.ts';

/** Two Functions hosts on one storage, behind a proxy that sends each request to the other one. */
let first: Service;
let second: HostProcess;
let proxy: Awaited<ReturnType<typeof startRoundRobin>>;
let url: string;

beforeAll(async () => {
  const shared = {
    AzureWebJobsStorage: testDataStorage(),
    AzureFunctionsJobHost__extensions__durableTask__hubName: `Two${Date.now()}`,
    STATE_SIGNING_KEY: 'a key that both hosts share: at least 32 bytes',
    TROUBLESHOOT_SECONDS: '2',
  };
  first = await startService({ env: shared });
  second = await startHostProcess({ env: { ...environment(first.tenants), ...shared } });
  proxy = await startRoundRobin([first.host.port, second.port]);
  url = `http://127.0.0.1:${proxy.port}/agentic/mcp`;
});

afterAll(async () => {
  await proxy?.close();
  await second?.stop();
  await first?.stop();
});

const token = (roles: readonly string[] = ['security']) => tokenFor(first.tenants[0], roles);
const diagnosis = { detail: 'Slow in the evening.', device_name: 'router-7', subscription_id: 258 };
const headers = () => ({ Authorization: `Bearer ${token()}` });

describe('a plain call', () => {
  it.each([
    ['2.x', currentClient],
    ['1.x', formerClient],
  ])('of the %s client sees every step of the job', async (_name, connect) => {
    const client = await connect({ url, token: token() });
    const seen: number[] = [];
    const answer = await client.call('trouble_shoot_device', diagnosis, (progress) => seen.push(progress));
    await client.close();
    expect(answer.data).toMatchObject({ status: 'attention_needed' });
    expect(seen.length).toBeGreaterThan(8);
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => one - other));
  });
});

describe('a task', () => {
  it('of the 2026-07-28 era is known to both hosts', async () => {
    const client = await taskClient({ url, token: token() });
    const taskId = await client.begin('trouble_shoot_device', diagnosis);
    const look = () => client.get(taskId);
    await expect.poll(look).toMatchObject({ status: 'completed' });
    expect(await look()).toMatchObject({ result: { structuredContent: { device_name: 'router-7' } } });
    await client.close();
  });

  it('of the 2025-11-25 era is too', async () => {
    const client = await connectV1(url);
    const stream = client.experimental.tasks.callToolStream(
      { name: 'trouble_shoot_device', arguments: diagnosis },
      undefined,
      { task: { ttl: 600_000 } },
    );
    const kinds: string[] = [];
    for await (const message of stream) {
      kinds.push(message.type);
    }
    await client.close();
    expect(kinds[0]).toBe('taskCreated');
    expect(kinds.at(-1)).toBe('result');
  });
});

describe('a session of the 2025 era', () => {
  it('reaches its user whichever host holds the call', async () => {
    const asked: string[] = [];
    const client = await connectV1(`http://127.0.0.1:${proxy.port}/mcp`, (question) => asked.push(question));
    const result = await client.callTool({
      name: 'unlock_account',
      arguments: { customer_id: 254, reason: 'Identity checked by phone.' },
    });
    await client.close();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/unlocks the account of customer 254/);
    expect(result.structuredContent).toMatchObject({ customer_id: 254 });
  });
});

describe('a change that an expert proposes', () => {
  it.each(eras)(
    'is agreed to within the question by a client of %s, whichever host holds it',
    async (_era, connect) => {
      const asked: string[] = [];
      const client = await connect({
        url,
        token: token(),
        user: (question) => {
          asked.push(question);
          return 'yes';
        },
      });
      const question = 'Please pay 10 dollars on the open invoice of customer 258.';
      const { text, data } = await client.call('ask_expert', { question });
      await client.close();
      expect(asked).toEqual([expect.stringContaining('amount 10')]);
      expect(data).toMatchObject({ domain: 'billing', status: 'done', actions: [] });
      expect(text).toMatch(/^Done: Payment \d+ is recorded/);
    },
  );
});

/** @param onAsked makes the client one that can be asked; its user agrees to everything */
async function connectV1(address: string, onAsked?: (question: string) => void): Promise<ClientV1> {
  const client = new ClientV1(
    { name: 'tests', version: '1' },
    { capabilities: onAsked === undefined ? {} : { elicitation: {} } },
  );
  if (onAsked !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      onAsked(params.message);
      return { action: 'accept', content: { confirm: true } };
    });
  }
  const transport = new TransportV1(new URL(address), { requestInit: { headers: headers() } });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return client;
}
