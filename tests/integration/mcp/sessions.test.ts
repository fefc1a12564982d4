import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { address, fetchOf, post, tokenOf } from './instance-requests.ts';
import { type Instances, startInstances } from './instances.ts';
import { secondTool, slow, slowTool } from './slow-tool.ts';

const staff = tokenOf('staff', ['security']);

let instances: Instances;
beforeEach(async () => {
  instances = await startInstances({ extraTools: [slowTool, secondTool] });
  Object.assign(slow, { begun: 0, aborted: 0 });
});

type Says = 'agree' | 'no' | 'decline' | 'cancel';

/** A 1.x client whose requests reach the two instances in turn; `answer` is what its user says to every question. */
async function connect(answer?: Says) {
  const capabilities = answer === undefined ? {} : { elicitation: {} };
  const client = new Client({ name: 'former', version: '1' }, { capabilities });
  const asked: string[] = [];
  if (answer !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      asked.push(params.message);
      if (answer === 'decline' || answer === 'cancel') {
        return { action: answer };
      }
      return { action: 'accept', content: { confirm: answer === 'agree' } };
    });
  }
  const fetch = fetchOf(instances.alternate, staff);
  const transport = new StreamableHTTPClientTransport(new URL(address), { fetch });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return { client, transport, asked };
}

const unlock = {
  name: 'unlock_account',
  arguments: { customer_id: 2, reason: 'Identity verified by call-back' },
};

describe('a session on two instances', () => {
  it('lists and calls', async () => {
    const { client, transport } = await connect();
    expect(transport.sessionId).toMatch(/^[A-Za-z0-9._-]{100,2000}$/);
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual([...businessTools, slowTool, secondTool].map(({ name }) => name));
    for (const customer_id of [1, 2]) {
      const result = await client.callTool({ name: 'get_customer_detail', arguments: { customer_id } });
      expect(result.structuredContent).toMatchObject({ customer_id });
    }
    await client.close();
  });

  it('asks the user, and does what the user agreed to', async () => {
    const { client, asked } = await connect('agree');
    const result = await client.callTool(unlock);
    expect(asked).toEqual([expect.stringContaining('unlocks the account of customer 2')]);
    expect(result.structuredContent).toMatchObject({ customer_id: 2, unlocked_at: expect.any(String) });
    await client.close();
  });

  it.each(['no', 'decline', 'cancel'] as const)('does nothing when the user says %s', async (answer) => {
    const { client, asked } = await connect(answer);
    const result = await client.callTool(unlock);
    expect(asked).toHaveLength(1);
    expect(result).toMatchObject({ isError: true });
    const logs = await client.callTool({ name: 'get_security_logs', arguments: { customer_id: 2 } });
    expect(logs.structuredContent).toMatchObject({ locked: true });
    await client.close();
  });

  it('gives a client that cannot ask its user a code instead', async () => {
    const { client } = await connect();
    const result = await client.callTool(unlock);
    expect(JSON.stringify(result.content)).toMatch(/confirmation_code/);
    await client.close();
  });

  it('cancels a call on the instance that runs it', async () => {
    const { client } = await connect();
    const impatience = new AbortController();
    const call = client.callTool({ name: 'wait_forever' }, undefined, { signal: impatience.signal });
    const rejected = expect(call).rejects.toThrow();
    await expect.poll(() => slow.begun).toBe(1);
    impatience.abort('changed my mind');
    await rejected;
    await expect.poll(() => slow.aborted).toBe(1);
    await client.close();
  });
});

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  },
};
const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };

async function newSession(token = staff): Promise<string> {
  const response = await post(instances.one, token, initialize);
  await response.text();
  return response.headers.get('mcp-session-id') ?? '';
}

function end(endpoint: Instances['one'], sessionId: string): Promise<Response> {
  const headers = { 'mcp-session-id': sessionId };
  return fetchOf(endpoint, staff)(address, { method: 'DELETE', headers });
}

describe('a cancelled call', () => {
  it('ends its stream without an answer', async () => {
    const sessionId = await newSession();
    const call = { jsonrpc: '2.0', id: 'c-1', method: 'tools/call', params: { name: 'wait_forever' } };
    const response = await post(instances.one, staff, call, sessionId);
    await expect.poll(() => slow.begun).toBe(1);
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'c-1' } };
    expect((await post(instances.other, staff, cancelled, sessionId)).status).toBe(202);
    expect(await response.text()).not.toContain('"result"');
    expect(slow.aborted).toBe(1);
  });

  it('goes on when its client is gone, and ends when the client calls it off after that', async () => {
    const sessionId = await newSession();
    const call = { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'wait_forever' } };
    const response = await post(instances.one, staff, call, sessionId);
    await expect.poll(() => slow.begun).toBe(1);
    await response.body?.cancel();
    expect((await post(instances.other, staff, ping, sessionId)).status).toBe(200);
    expect(slow.aborted).toBe(0);
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 3 } };
    await post(instances.other, staff, cancelled, sessionId);
    await expect.poll(() => slow.aborted).toBe(1);
  });
});

describe('the end of a session', () => {
  it('is known at once where it was told, and within five seconds everywhere', async () => {
    const sessionId = await newSession();
    expect((await post(instances.other, staff, ping, sessionId)).status).toBe(200);
    expect((await end(instances.one, sessionId)).status).toBe(204);
    expect((await post(instances.one, staff, ping, sessionId)).status).toBe(404);
    instances.advance(5_000);
    expect((await post(instances.other, staff, ping, sessionId)).status).toBe(404);
  });

  it('comes by itself after a day', async () => {
    const sessionId = await newSession();
    instances.advance(24 * 3_600_000);
    expect((await post(instances.one, staff, ping, sessionId)).status).toBe(404);
  });

  it('needs a session', async () => {
    expect((await fetchOf(instances.one, staff)(address, { method: 'DELETE' })).status).toBe(400);
    expect((await end(instances.one, 'nonsense')).status).toBe(404);
  });
});

describe('session ids', () => {
  it('are good for their owner only', async () => {
    const sessionId = await newSession();
    const colleague = tokenOf('colleague', ['security']);
    expect((await post(instances.one, colleague, ping, sessionId)).status).toBe(404);
    expect((await post(instances.one, staff, ping, sessionId)).status).toBe(200);
  });

  it('cannot be changed or made up', async () => {
    const sessionId = await newSession();
    const [payload = '', signature = ''] = sessionId.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const later = Buffer.from(JSON.stringify({ ...claims, expires: claims.expires + 1 })).toString(
      'base64url',
    );
    const wrong = [`${later}.${signature}`, `${payload}.`, payload, `${sessionId}x`, 'x'.repeat(3_000), '.'];
    for (const id of wrong) {
      expect((await post(instances.one, staff, ping, id)).status, id).toBe(404);
    }
  });

  it('stay short whatever a client says of itself', async () => {
    const params = {
      ...initialize.params,
      clientInfo: { name: '\u0001'.repeat(5_000), version: '€'.repeat(5_000) },
      capabilities: {
        elicitation: { form: { pad: 'x'.repeat(5_000) } },
        experimental: { pad: { pad: 'x'.repeat(5_000) } },
      },
    };
    const response = await post(instances.one, staff, { ...initialize, params });
    const sessionId = response.headers.get('mcp-session-id') ?? '';
    expect(sessionId.length).toBeLessThan(2_000);
    expect((await post(instances.other, staff, ping, sessionId)).status).toBe(200);
  });
});

describe('clients without a session', () => {
  it('are served, each request by itself', async () => {
    const call = {
      jsonrpc: '2.0',
      id: 4,
      method: 'tools/call',
      params: { name: 'get_customer_detail', arguments: { customer_id: 1 } },
    };
    expect(await (await post(instances.one, staff, call)).text()).toContain('"customer_id":1');
  });

  it('are told the methods that there are', async () => {
    const response = await fetchOf(instances.one, staff)(address, { method: 'GET' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, DELETE, OPTIONS');
  });
});

/** Rows that are kept for requests, now and ever. */
const kept = () => instances.mailbox.cleanUp(new Date(Date.now() + 601_000));

const call = (id: unknown, name: string, args = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const cancel = (requestId: unknown, reason = 'changed my mind') => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId, reason },
});

describe('an answer that nobody waits for', () => {
  const id = `${'A'.repeat(22)}:0`;

  it('is accepted and thrown away', async () => {
    const sessionId = await newSession();
    const answer = { jsonrpc: '2.0', id, result: { action: 'accept' } };
    const progress = {
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken: id, progress: 1 },
    };
    for (const message of [answer, progress]) {
      expect((await post(instances.one, staff, message, sessionId)).status).toBe(202);
    }
    expect(await kept()).toBe(0);
  });

  it('is refused when it is too long to pass on', async () => {
    const sessionId = await newSession();
    const answer = { jsonrpc: '2.0', id, result: { pad: 'x'.repeat(40_000) } };
    expect((await post(instances.one, staff, answer, sessionId)).status).toBe(400);
  });
});

describe('cancellations', () => {
  it('leave nothing behind, however many and long they are', async () => {
    const sessionId = await newSession();
    const many = Array.from({ length: 30 }, (_, number) => cancel(`never-${number}`, 'x'.repeat(20_000)));
    const statuses = await Promise.all(
      many.map(async (message) => (await post(instances.other, staff, message, sessionId)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect(await kept()).toBe(0);
  });

  it('say nothing about requests that come later', async () => {
    const sessionId = await newSession();
    await post(instances.other, staff, cancel('again'), sessionId);
    const response = await post(instances.one, staff, call('again', 'wait_a_second'), sessionId);
    expect(await response.text()).toContain('"result"');
  });

  it('reach every request of the id that runs, and are forgotten with it', async () => {
    const sessionId = await newSession();
    const [mine, other] = await Promise.all([
      post(instances.one, staff, call('mine', 'wait_forever'), sessionId),
      post(instances.one, staff, call('other', 'wait_forever'), sessionId),
    ]);
    await expect.poll(() => slow.begun).toBe(2);
    await post(instances.other, staff, cancel('mine', 'x'.repeat(20_000)), sessionId);
    await mine.text();
    expect(slow.aborted).toBe(1);
    await post(instances.one, staff, cancel('other'), sessionId);
    await other.text();
    expect(slow.aborted).toBe(2);
    await expect.poll(kept).toBe(0);
  });
});
