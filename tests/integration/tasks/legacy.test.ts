import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { testStorage } from '../../support/azurite.ts';
import { address, type Instances, startInstances } from './support.ts';

const service = startInstances();
const withSessions = startInstances({ storage: await testStorage() });

async function connectTo(instances: Instances, user: string): Promise<Client> {
  const client = new Client({ name: 'tests', version: '1' });
  const transport = new StreamableHTTPClientTransport(address, { fetch: instances.fetchAs(user) });
  await client.connect(transport as Transport);
  return client;
}

/** Calls a tool as a task; the client's own stream of what happens, as `type` and status or text. */
async function callAsTask(client: Client, args: object): Promise<string[]> {
  const seen: string[] = [];
  const params = { name: 'slow_compute', arguments: { ...args } };
  for await (const message of client.experimental.tasks.callToolStream(params, undefined, {
    task: { ttl: 60_000 },
  })) {
    if (message.type === 'taskCreated' || message.type === 'taskStatus') {
      seen.push(`${message.type} ${message.task.status}`);
    } else {
      seen.push(message.type === 'result' ? JSON.stringify(message.result.content) : message.error.message);
    }
  }
  return seen;
}

async function startTask(client: Client, seconds: number): Promise<string> {
  const stream = client.experimental.tasks.callToolStream(
    { name: 'slow_compute', arguments: { seconds } },
    undefined,
    { task: { ttl: 60_000 } },
  );
  const { value } = await stream.next();
  if (value?.type !== 'taskCreated') {
    throw new Error('No task was created.');
  }
  await stream.return();
  return value.task.taskId;
}

describe.each([
  ['in requests that stand alone', service],
  ['in sessions', withSessions],
])('tasks of MCP 2025-11-25 %s', (_how, instances) => {
  const connect = (user: string) => connectTo(instances, user);

  it('are announced, and so are the tools that run as tasks', async () => {
    const client = await connect('ada');
    expect(client.getServerCapabilities()?.tasks).toEqual({
      cancel: {},
      list: {},
      requests: { tools: { call: {} } },
    });
    expect(client.getServerCapabilities()).not.toHaveProperty('extensions');
    const { tools } = await client.listTools();
    const support = Object.fromEntries(tools.map(({ name, execution }) => [name, execution?.taskSupport]));
    expect(support).toMatchObject({ greet: undefined, slow_compute: 'optional', failing_job: 'required' });
  });

  it('run from the handle to the result', async () => {
    const client = await connect('ada');
    const seen = await callAsTask(client, { seconds: 0.2, label: 'pi' });
    expect(seen[0]).toBe('taskCreated working');
    expect(seen).toContain('taskStatus completed');
    expect(seen.at(-1)).toBe('[{"type":"text","text":"Computed pi."}]');
  });

  it('give the result to whoever waits for it, and say which task it is of', async () => {
    const client = await connect('ada');
    const taskId = await startTask(client, 0.3);
    const result = await client.experimental.tasks.getTaskResult(taskId, CallToolResultSchema);
    expect(result.content).toEqual([{ type: 'text', text: 'Computed nothing.' }]);
    expect(result._meta).toEqual({ 'io.modelcontextprotocol/related-task': { taskId } });
  });

  it('are cancelled once', async () => {
    const client = await connect('ada');
    const taskId = await startTask(client, 60);
    expect(await client.experimental.tasks.cancelTask(taskId)).toMatchObject({ taskId, status: 'cancelled' });
    expect(await client.experimental.tasks.getTask(taskId)).toMatchObject({
      status: 'cancelled',
      ttl: 3_600_000,
    });
    await expect(client.experimental.tasks.cancelTask(taskId)).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(/it is cancelled/),
    });
  });

  it('have failed when their tool failed', async () => {
    const client = await connect('ada');
    await client.listTools();
    const seen: string[] = [];
    const params = { name: 'failing_job', arguments: {} };
    for await (const message of client.experimental.tasks.callToolStream(params)) {
      if (message.type === 'taskStatus') {
        seen.push(message.task.status);
      }
    }
    expect(seen.at(-1)).toBe('failed');
  });

  it('are somebody’s own', async () => {
    const [ada, eve] = [await connect('ada'), await connect('eve')];
    const taskId = await startTask(ada, 60);
    const { tasks } = eve.experimental;
    const attempts = [
      tasks.getTask(taskId),
      tasks.getTaskResult(taskId),
      tasks.cancelTask(taskId),
      tasks.getTask('unknown'),
    ];
    const refused = { code: -32602, message: expect.stringMatching(/Task not found/) };
    await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject(refused)));
    expect((await tasks.listTasks()).tasks).toEqual([]);
    await ada.experimental.tasks.cancelTask(taskId);
  });

  it('are listed page by page, the newest first', async () => {
    const client = await connect('lister');
    const started: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      started.push(await startTask(client, 0));
    }
    const first = await client.experimental.tasks.listTasks();
    const second = await client.experimental.tasks.listTasks(first.nextCursor);
    expect(first.tasks).toHaveLength(50);
    expect(second.nextCursor).toBeUndefined();
    const listed = [...first.tasks, ...second.tasks];
    expect(listed.map(({ taskId }) => taskId).sort()).toEqual(started.sort());
    const times = listed.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    await expect(client.experimental.tasks.listTasks('nonsense')).rejects.toMatchObject({ code: -32602 });
  });
});

describe('a call that does not fit its tool', () => {
  it('asks for a task of a tool that is not long', async () => {
    const client = await connectTo(service, 'ada');
    const call = client.request(
      { method: 'tools/call', params: { name: 'greet', arguments: { name: 'Ada' }, task: {} } },
      CallToolResultSchema,
    );
    await expect(call).rejects.toMatchObject({ code: -32601 });
  });

  it('asks for no task of a tool that is nothing else', async () => {
    const client = await connectTo(service, 'ada');
    const call = client.request(
      { method: 'tools/call', params: { name: 'failing_job', arguments: {} } },
      CallToolResultSchema,
    );
    await expect(call).rejects.toMatchObject({ code: -32601 });
  });
});

it('follows a plain call with progress', async () => {
  const client = await connectTo(service, 'ada');
  const progress: number[] = [];
  const params = { name: 'slow_compute', arguments: { seconds: 0.2, label: 'pi' } };
  const result = await client.callTool(params, undefined, {
    onprogress: (update) => progress.push(update.progress),
  });
  expect(result.content).toEqual([{ type: 'text', text: 'Computed pi.' }]);
  expect(progress.length).toBeGreaterThan(1);
});

it('does not wait for a result longer than a stream may', async () => {
  const client = await connectTo(startInstances({ clock: { longestMs: 100 } }), 'ada');
  const taskId = await startTask(client, 60);
  await expect(client.experimental.tasks.getTaskResult(taskId)).rejects.toMatchObject({
    code: -31_001,
    message: expect.stringMatching(/still working/),
  });
  await client.experimental.tasks.cancelTask(taskId);
});
