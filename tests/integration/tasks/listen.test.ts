import { describe, expect, it } from 'vitest';
import { ask, frames, type Message, post, start, streamed } from './messages.ts';
import { startInstances } from './support.ts';

const subscription = 'io.modelcontextprotocol/subscriptionId';

function listen(...[service, taskIds, sent]: [ReturnType<typeof startInstances>, unknown, object?]) {
  return post(service, 'subscriptions/listen', { notifications: { taskIds } }, sent);
}

describe('listening to tasks', () => {
  const service = startInstances();

  it('acknowledges only the tasks of the caller, sends each state, and ends after the last one', async () => {
    const foreign = await start(service, 'slow_compute', { seconds: 0 }, { user: 'ben' });
    const [short, long] = [
      await start(service, 'slow_compute', { seconds: 0.1, label: 'short' }),
      await start(service, 'slow_compute', { seconds: 0.3, label: 'long' }),
    ];
    const response = await listen(service, [short, foreign, 'unknown', long, short]);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const messages: Message[] = [];
    for await (const message of streamed(response)) {
      messages.push(message);
    }

    const [ack, ...rest] = messages;
    expect(ack).toMatchObject({
      method: 'notifications/subscriptions/acknowledged',
      params: { notifications: { taskIds: [short, long] }, _meta: { [subscription]: 7 } },
    });
    const last = rest.pop();
    expect(last).toMatchObject({ id: 7, result: { resultType: 'complete', _meta: { [subscription]: 7 } } });
    expect(rest.length).toBeGreaterThan(4);
    for (const { method, params } of rest) {
      expect(method).toBe('notifications/tasks');
      expect(params).toMatchObject({ taskId: expect.any(String), _meta: { [subscription]: 7 } });
    }
    expect(rest.at(-1)?.params).toMatchObject({
      taskId: long,
      status: 'completed',
      result: { resultType: 'complete', content: [{ text: 'Computed long.' }] },
    });
    const ended = rest.filter(({ params }) => params?.status === 'completed');
    expect(ended.map(({ params }) => params?.taskId)).toEqual([short, long]);
  });

  it('ends at once when none of the tasks is the caller’s', async () => {
    const messages: Message[] = [];
    for await (const message of streamed(await listen(service, ['unknown']))) {
      messages.push(message);
    }
    expect(messages).toHaveLength(2);
    expect(messages[0]?.params?.notifications).toEqual({ taskIds: [] });
  });

  it('stops looking when the client leaves', async () => {
    const taskId = await start(service, 'slow_compute', { seconds: 60 });
    const reader = (await listen(service, [taskId])).body?.getReader();
    await reader?.read();
    await expect.poll(() => service.tasks.watchersOf(taskId)).toBe(1);
    await reader?.cancel();
    await expect.poll(() => service.tasks.watchersOf(taskId)).toBe(0);
    await ask(service, 'tasks/cancel', { taskId });
  });

  it('ends when a task is purged', async () => {
    const taskId = await start(service, 'multi_input');
    const messages = streamed(await listen(service, [taskId]));
    await messages.next();
    await messages.next();
    service.tasks.purge(taskId);
    const { value } = await messages.next();
    expect(value).toMatchObject({ result: { resultType: 'complete' } });
  });

  it('is for clients that take tasks', async () => {
    const response = await listen(service, ['any'], { capabilities: {} });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      id: 7,
      error: {
        code: -32021,
        data: { requiredCapabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } },
      },
    });
  });

  it.each([
    ['a text', 'one'],
    ['numbers', [1]],
  ])('refuses %s as task ids', async (_what, taskIds) => {
    const response = await listen(service, taskIds);
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32602 } });
  });

  it('leaves wrong messages to the protocol layer', async () => {
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: { notifications: { taskIds: [] } },
    };
    const response = await service.fetchAs('ada')('http://localhost/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'subscriptions/listen',
      },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: -32602 } });
  });
});

it('ends when its clock says so while the task goes on', async () => {
  const service = startInstances({ clock: { longestMs: 300 } });
  const taskId = await start(service, 'multi_input');
  const seen: string[] = [];
  for await (const frame of frames(await listen(service, [taskId]))) {
    seen.push(frame);
  }
  expect(seen.at(-1)).toMatch(/"resultType":"complete"/);
  expect((await ask(service, 'tasks/get', { taskId })).result).toMatchObject({ status: 'input_required' });
});
