import { describe, expect, it } from 'vitest';
import { ask, type Message, post, start, tasksCapability, until } from './messages.ts';
import { principalNamed, startInstances } from './support.ts';

const service = startInstances();
const unknownTask = { code: -32602, message: expect.stringMatching(/^Task not found/) };
const capabilityMissing = {
  code: -32021,
  data: { requiredCapabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } },
};
const slow = { name: 'slow_compute', arguments: { seconds: 60 } };

describe('a call by a client that takes tasks', () => {
  it('is told that the server has tasks', async () => {
    const { result } = await ask(service, 'server/discover');
    expect(result?.capabilities).toEqual({
      tools: { listChanged: false },
      extensions: { 'io.modelcontextprotocol/tasks': {} },
    });
  });

  it('answers a handle at once, flat and without a result', async () => {
    const response = await post(service, 'tools/call', slow);
    expect(response.headers.get('content-type')).toMatch(/application\/json/);
    const { result } = (await response.json()) as Message;
    const taskId = String(result?.taskId);
    expect(result).toMatchObject({
      resultType: 'task',
      status: 'working',
      ttlMs: 3_600_000,
      pollIntervalMs: 100,
    });
    for (const absent of ['task', 'result', 'error', 'inputRequests', 'requestState', 'ttl']) {
      expect(result).not.toHaveProperty(absent);
    }
    await ask(service, 'tasks/cancel', { taskId });
  });

  it('finds the handle on another instance, with live progress, and the result at the end', async () => {
    const taskId = await start(service, 'slow_compute', { seconds: 0.3, label: 'pi' });
    const working = await until(service, taskId, ({ statusMessage }) => statusMessage !== undefined);
    expect(working).toMatchObject({
      resultType: 'complete',
      statusMessage: expect.stringMatching(/^Part \d of 6/),
    });
    const done = await until(service, taskId, ({ status }) => status === 'completed');
    expect(done.result).toEqual({
      resultType: 'complete',
      content: [{ type: 'text', text: 'Computed pi.' }],
    });
  });

  it('keeps a failure of the tool apart from a failed task', async () => {
    const failing = await start(service, 'failing_job');
    const done = await until(service, failing, ({ status }) => status !== 'working');
    expect(done).toMatchObject({ status: 'completed', result: { isError: true } });

    const broken = await start(service, 'protocol_error_job');
    const failed = await until(service, broken, ({ status }) => status !== 'working');
    expect(failed).toMatchObject({ status: 'failed', error: { code: -32603, message: expect.any(String) } });
    expect(failed).not.toHaveProperty('result');
  });

  it('gets a plain answer from a tool that is not long, whatever it sends as task', async () => {
    const { result } = await ask(service, 'tools/call', {
      name: 'greet',
      arguments: { name: 'Ada' },
      task: { ttl: 1 },
    });
    expect(result).toMatchObject({ resultType: 'complete', structuredContent: { greeting: 'Hello, Ada!' } });
  });

  it('is checked like any other call before there is a task', async () => {
    const { result } = await ask(service, 'tools/call', { name: 'slow_compute', arguments: { seconds: -1 } });
    expect(result).toMatchObject({ resultType: 'complete', isError: true });
    const refused = await post(service, 'tools/call', slow, { user: 'guest' });
    expect(refused.status).toBe(403);
    await expect.poll(() => service.audited).toContain('slow_compute invalid_input');
    expect(service.audited).toContain('slow_compute ok');
  });
});

describe('cancelling', () => {
  it('is acknowledged, leaves the task cancelled, and may be repeated', async () => {
    const taskId = await start(service, 'slow_compute', { seconds: 60 });
    for (const _time of [1, 2]) {
      const { result } = await ask(service, 'tasks/cancel', { taskId });
      expect(Object.keys(result ?? {}).sort()).toEqual(['_meta', 'resultType']);
      expect((await ask(service, 'tasks/get', { taskId })).result).toMatchObject({ status: 'cancelled' });
    }
    await expect.poll(() => service.audited).toContain('tasks/cancel ok');
  });

  it('does not change a finished task', async () => {
    const taskId = await start(service, 'slow_compute', { seconds: 0 });
    await until(service, taskId, ({ status }) => status === 'completed');
    expect((await ask(service, 'tasks/cancel', { taskId })).result).toMatchObject({ resultType: 'complete' });
    expect((await ask(service, 'tasks/get', { taskId })).result).toMatchObject({ status: 'completed' });
  });
});

describe('a task that asks', () => {
  it('shows every open question, takes the answers one by one, and goes on after the last', async () => {
    const taskId = await start(service, 'multi_input');
    const asked = await until(service, taskId, ({ status }) => status === 'input_required');
    expect(Object.keys(asked.inputRequests as object)).toEqual(['first', 'second']);

    const yes = { action: 'accept', content: { confirm: true } };
    const ack = await ask(service, 'tasks/update', { taskId, inputResponses: { first: yes, unknown: yes } });
    expect(ack.result).toMatchObject({ resultType: 'complete' });
    const left = await ask(service, 'tasks/get', { taskId });
    expect(left.result).toMatchObject({ status: 'input_required' });
    expect(Object.keys(left.result?.inputRequests as object)).toEqual(['second']);

    await ask(service, 'tasks/update', { taskId, inputResponses: { second: { action: 'decline' } } });
    const done = await until(service, taskId, ({ status }) => status === 'completed');
    expect(done.result).toMatchObject({ content: [{ text: 'First: true, second: false.' }] });
    expect(done).not.toHaveProperty('inputRequests');
  });

  it('may have asked in the call itself before it became a task', async () => {
    const capabilities = { elicitation: {}, ...tasksCapability };
    const call = { name: 'test_tool_with_task', arguments: {} };
    const { result } = await ask(service, 'tools/call', call, { capabilities });
    expect(result).toMatchObject({
      resultType: 'input_required',
      inputRequests: { user_name: expect.anything() },
    });
    const inputResponses = { user_name: { action: 'accept', content: { name: 'Alice' } } };
    const second = await ask(service, 'tools/call', { ...call, inputResponses }, { capabilities });
    expect(second.result).toMatchObject({ resultType: 'task' });
    const done = await until(service, String(second.result?.taskId), ({ status }) => status === 'completed');
    expect(done.result).toMatchObject({ content: [{ text: 'Hello, Alice!' }] });
  });
});

describe('a task that is not there for the caller', () => {
  it.each(['tasks/get', 'tasks/cancel', 'tasks/update'])('%s answers all of them alike', async (method) => {
    const foreign = await start(service, 'slow_compute', { seconds: 60 }, { user: 'ben' });
    const purged = await start(service, 'slow_compute', { seconds: 0 });
    service.tasks.purge(purged);
    const answers = await Promise.all(
      [foreign, purged, 'unknown', '../escape', 'x'.repeat(500)].map((taskId) =>
        ask(service, method, { taskId, inputResponses: {} }),
      ),
    );
    for (const { error } of answers) {
      expect(error).toEqual(unknownTask);
    }
    expect(new Set(answers.map(({ error }) => error?.message)).size).toBe(1);
    const theirs = await ask(service, 'tasks/get', { taskId: foreign }, { user: 'ben' });
    expect(theirs.result).toMatchObject({ status: 'working' });
    await ask(service, 'tasks/cancel', { taskId: foreign }, { user: 'ben' });
  });

  it('is also one of a tool that the caller may not use any more', async () => {
    const { id } = service.tasks.start('slow_compute', principalNamed('guest'), async () => ({
      content: [],
    }));
    const { error } = await ask(service, 'tasks/get', { taskId: id }, { user: 'guest' });
    expect(error).toEqual(unknownTask);
  });
});

describe('a client that does not take tasks', () => {
  it.each(['tasks/get', 'tasks/cancel', 'tasks/update'])('is told so by %s', async (method) => {
    const response = await post(service, method, { taskId: 'any', inputResponses: {} }, { capabilities: {} });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: capabilityMissing });
  });

  it('is told so by a tool that only runs as a task', async () => {
    const call = { name: 'failing_job', arguments: {} };
    const response = await post(service, 'tools/call', call, { capabilities: {} });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: capabilityMissing });
  });
});

it.each(['tasks/result', 'tasks/list'])('%s is gone since 2025-11-25', async (method) => {
  expect((await ask(service, method, { taskId: 'any' })).error).toMatchObject({ code: -32601 });
});
