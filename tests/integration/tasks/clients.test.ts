import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createTaskSessionFromClient, type TaskEnabledSession } from '@modelcontextprotocol/ext-tasks/client';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Message, post, start, tasksCapability } from './messages.ts';
import { address, startInstances } from './support.ts';

const service = startInstances();
const task = z.looseObject({ taskId: z.string(), status: z.string() });

async function connect(user: string): Promise<Client> {
  const client = new Client(
    { name: 'tests', version: '1' },
    { capabilities: tasksCapability, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new StreamableHTTPClientTransport(address, { fetch: service.fetchAs(user) }));
  return client;
}

describe('the official client', () => {
  const get = (client: Client, taskId: string) =>
    client.request({ method: 'tasks/get', params: { taskId } }, task);

  it('gets, cancels and reads tasks by their ids', async () => {
    const client = await connect('ada');
    expect(client.getServerCapabilities()?.extensions).toEqual({ 'io.modelcontextprotocol/tasks': {} });
    const taskId = await start(service, 'slow_compute', { seconds: 60 });
    expect(await get(client, taskId)).toMatchObject({ taskId, status: 'working' });
    await client.request({ method: 'tasks/cancel', params: { taskId } }, z.looseObject({}));
    expect(await get(client, taskId)).toMatchObject({ status: 'cancelled' });
    await client.close();
  });

  it('answers what a task asks', async () => {
    const client = await connect('ada');
    const taskId = await start(service, 'confirm_delete', { filename: 'notes.txt' });
    await expect.poll(() => get(client, taskId)).toMatchObject({ status: 'input_required' });
    const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
    await client.request({ method: 'tasks/update', params: { taskId, inputResponses } }, z.looseObject({}));
    await expect
      .poll(() => get(client, taskId))
      .toMatchObject({ status: 'completed', result: { content: [{ text: 'Deleted notes.txt.' }] } });
    await client.close();
  });

  it('learns nothing about the tasks of others', async () => {
    const taskId = await start(service, 'slow_compute', { seconds: 0 }, { user: 'ben' });
    const client = await connect('ada');
    await expect(get(client, taskId)).rejects.toMatchObject({ code: -32602 });
    await client.close();
  });
});

describe('the official requester of tasks', () => {
  /** Sends what the requester has framed; it leaves the transport to its host. */
  async function sessionOf(client: Client): Promise<TaskEnabledSession> {
    return createTaskSessionFromClient(client, {
      endpointId: 'tests',
      v2RequestFraming: {
        protocolVersion: '2026-07-28',
        clientInfo: { name: 'tests', version: '1' },
        clientCapabilities: { elicitation: {} },
      },
      rawDispatch: async (request) => {
        const { method, params } = framed.parse(request);
        const response = await post(service, method, params, { meta: params._meta });
        const { result, error } = (await response.json()) as Message;
        return error === undefined
          ? { kind: 'result', result: z.json().parse(result) }
          : { kind: 'error', error: { ...error, data: z.json().optional().parse(error.data) } };
      },
      onInputRequest: async () => ({ action: 'accept', content: { confirm: true } }) as never,
    });
  }

  const framed = z.object({
    method: z.string(),
    params: z.looseObject({
      _meta: z.looseObject({}),
      name: z.string().optional(),
      taskId: z.string().optional(),
    }),
  });

  it('drives a task from the call to the result', async () => {
    const client = await connect('ada');
    const session = await sessionOf(client);
    const execution = await session.callTool('slow_compute', { seconds: 0.2, label: 'pi' });
    expect(execution.kind).toBe('task');
    const { outcome } = await execution.settle();
    expect(outcome).toMatchObject({
      status: 'completed',
      result: { content: [{ type: 'text', text: 'Computed pi.' }] },
    });
    await session.close();
    await client.close();
  });

  it('answers what the task asks on its way', async () => {
    const client = await connect('ada');
    const session = await sessionOf(client);
    const { outcome } = await (await session.callTool('multi_input', {})).settle();
    expect(outcome).toMatchObject({ result: { content: [{ text: 'First: true, second: true.' }] } });
    await session.close();
    await client.close();
  });

  it('cancels a task, and sees a failed one as failed', async () => {
    const client = await connect('ada');
    const session = await sessionOf(client);
    const running = await session.callTool('slow_compute', { seconds: 60 });
    await running.cancel();
    expect((await running.settle()).outcome.status).toBe('cancelled');
    const broken = await session.callTool('protocol_error_job', {});
    expect((await broken.settle()).outcome).toMatchObject({ status: 'failed', error: { code: -32603 } });
    await session.close();
    await client.close();
  });
});
