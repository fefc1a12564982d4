import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { describe, expect, it, vi } from 'vitest';
import type { TaskState } from '#platform/mcp/tasks/ports';
import { testStorage } from '../../support/azurite.ts';
import { type Message, post, streamed } from './messages.ts';
import { address, type Instances, startInstances } from './support.ts';

const withProgress = { capabilities: {}, meta: { progressToken: 'token' } };
const long = { name: 'slow_compute', arguments: { seconds: 60 } };

/** The only task of a user, once there is one. */
async function taskOf(service: Instances, user: string): Promise<TaskState> {
  return await vi.waitFor(
    async () => {
      const [task] = await service.own(user);
      if (task === undefined) {
        throw new Error('There is no task yet.');
      }
      return task;
    },
    { timeout: 50_000 },
  );
}

const statusOf = async (service: Instances, user: string) => (await taskOf(service, user)).status;

describe('a call of 2026-07-28 whose client closes the stream', () => {
  it('ends its task, on record', async () => {
    const service = startInstances();
    const reader = (await post(service, 'tools/call', long, withProgress)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(() => statusOf(service, 'ada')).toBe('cancelled');
    await expect.poll(() => service.audited).toContain('tasks/cancel ok');
  });

  it('leaves its task alone when the process is about to end', async () => {
    const stopping = new AbortController();
    const service = startInstances({ stopping: stopping.signal });
    const response = await post(service, 'tools/call', long, withProgress);
    const messages = streamed(response);
    await messages.next();
    stopping.abort();
    let last: Message | undefined;
    for await (const message of messages) {
      last = message;
    }
    const { id, status } = await taskOf(service, 'ada');
    expect(status).toBe('working');
    expect(JSON.stringify(last?.result?.content)).toContain(`task ${id}`);
    await service.tasks.cancel(id, { tenant: 'contoso', user: 'ada' } as never);
  });
});

describe('a call in a session of 2025', () => {
  async function connect(service: Instances, user: string) {
    const bodies: Response[] = [];
    const fetchAs = service.fetchAs(user);
    const keeping: typeof fetch = async (url, init) => {
      const response = await fetchAs(url, init);
      bodies.push(response);
      return response;
    };
    const client = new Client({ name: 'tests', version: '1' });
    const transport = new StreamableHTTPClientTransport(address, { fetch: keeping });
    await client.connect(transport as Transport);
    return { client, transport };
  }

  it('ends its task when the client calls it off', async () => {
    const service = startInstances({ storage: await testStorage() });
    const { client } = await connect(service, 'ada');
    const off = new AbortController();
    const answer = client.callTool(long, undefined, { signal: off.signal }).catch(() => 'called off');
    expect(await statusOf(service, 'ada')).toBe('working');
    off.abort();
    expect(await answer).toBe('called off');
    await expect.poll(() => statusOf(service, 'ada')).toBe('cancelled');
    await expect.poll(() => service.audited).toContain('tasks/cancel ok');
    await client.close();
  });

  it('goes on when the client closes the stream, and can still be called off', async () => {
    const service = startInstances({ storage: await testStorage() });
    const { transport } = await connect(service, 'ben');
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-session-id': String(transport.sessionId),
    };
    const send = (body: object) =>
      service.fetchAs('ben')(address, {
        method: 'POST',
        headers,
        body: JSON.stringify({ jsonrpc: '2.0', ...body }),
      });
    const params = { ...long, _meta: { progressToken: 'token' } };
    const reader = (await send({ id: 9, method: 'tools/call', params })).body?.getReader();
    await reader?.read();
    const [before] = await service.own('ben');
    await reader?.cancel();
    const after = await vi.waitFor(
      async () => {
        const task = await taskOf(service, 'ben');
        if (task.updatedAt === before?.updatedAt) {
          throw new Error('It has not gone on yet.');
        }
        return task;
      },
      { timeout: 50_000 },
    );
    expect(after.status).toBe('working');
    await send({ method: 'notifications/cancelled', params: { requestId: 9 } });
    await expect.poll(() => statusOf(service, 'ben')).toBe('cancelled');
  });
});
