import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Message, post, streamed, until } from './messages.ts';
import { startInstances } from './support.ts';

const plain = { capabilities: {} };
const withProgress = { ...plain, meta: { progressToken: 'token' } };
const call = (seconds: number) => ({ name: 'slow_compute', arguments: { seconds, label: 'pi' } });

async function collect(response: Response): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of streamed(response)) {
    messages.push(message);
  }
  return messages;
}

describe('a plain call of a long tool', () => {
  const service = startInstances();

  it('streams rising progress and then the result', async () => {
    const response = await post(service, 'tools/call', call(0.3), withProgress);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const messages = await collect(response);
    const told = messages.slice(0, -1);
    expect(told.every(({ method }) => method === 'notifications/progress')).toBe(true);
    const progress = told.map(({ params }) => Number(params?.progress));
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...new Set(progress)].sort((one, other) => one - other));
    expect(told[0]?.params).toMatchObject({
      progressToken: 'token',
      total: 100,
      message: expect.any(String),
    });
    expect(messages.at(-1)?.result).toMatchObject({
      resultType: 'complete',
      content: [{ type: 'text', text: 'Computed pi.' }],
    });
  });

  it('streams the result alone when no progress is asked for', async () => {
    const [only, ...others] = await collect(await post(service, 'tools/call', call(0.1), plain));
    expect(others).toEqual([]);
    expect(only?.result).toMatchObject({ content: [{ text: 'Computed pi.' }] });
  });

  it('opens the stream before the work is done', async () => {
    const leave = new AbortController();
    const response = await post(service, 'tools/call', call(60), { ...withProgress, signal: leave.signal });
    const first = await streamed(response).next();
    expect(first.value).toMatchObject({ method: 'notifications/progress' });
    leave.abort();
  });

  it('ends with the JSON-RPC error of the work', async () => {
    const [only] = await collect(
      await post(service, 'tools/call', { name: 'protocol_error_job', arguments: {} }, plain),
    );
    expect(only?.error).toMatchObject({ code: -32603 });
  });
});

describe('a plain call that takes longer than a stream may', () => {
  const service = startInstances({ clock: { longestMs: 100 } });

  it('ends with a sentence that names the task, which goes on, and says how to join it', async () => {
    const messages = await collect(await post(service, 'tools/call', call(0.6), withProgress));
    const { result } = messages.at(-1) ?? {};
    expect(result).toMatchObject({ isError: true });
    const sentence = z.array(z.object({ text: z.string() })).parse(result?.content)[0]?.text ?? '';
    const taskId = /For the result of task ([\w-]+), call slow_compute again/.exec(sentence)?.[1];
    expect(sentence).toMatch(/goes on for (?:some time|about \d+ more seconds?), but/);
    expect(sentence).toContain(`the same arguments and idempotency_key "${taskId}"`);
    const done = await until(service, String(taskId), ({ status }) => status === 'completed');
    expect(done.result).toMatchObject({ content: [{ text: 'Computed pi.' }] });
  });
});
