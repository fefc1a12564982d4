import { describe, expect, it } from 'vitest';
import { answeredAtStop, waitingFor } from '#platform/mcp/answered-at-stop';

const call = { jsonrpc: '2.0', id: 'a', method: 'tools/call' };
const sse = { headers: { 'content-type': 'text/event-stream' } };
const bytes = (text: string) => new TextEncoder().encode(text);
const message = expect.stringContaining('The service is stopping');

describe('a message that is answered in time', () => {
  it.each([
    ['as a whole', () => Response.json({ id: 'a' })],
    ['as a stream', () => new Response('data: 1\n\n', sse)],
  ])('has its answer, and leaves nothing at the signal (%s)', async (_form, respond) => {
    const stop = new AbortController();
    const response = await answeredAtStop(call, stop.signal, async () => respond());
    expect(await response.text()).toBe(await respond().text());
    expect(waitingFor(stop.signal).size).toBe(0);
  });

  it('leaves nothing at the signal when it fails', async () => {
    const stop = new AbortController();
    const answer = () => Promise.reject(new RangeError('no'));
    await expect(answeredAtStop(call, stop.signal, answer)).rejects.toThrow(RangeError);
    expect(waitingFor(stop.signal).size).toBe(0);
  });
});

describe('a message that is not answered when the process ends', () => {
  it('is answered with a sentence when nothing was said yet', async () => {
    const stop = new AbortController();
    const pending = answeredAtStop(call, stop.signal, () => new Promise(() => {}));
    stop.abort();
    const response = await pending;
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ id: 'a', error: { code: -32_000, message } });
  });

  it('is answered at the end of its stream when that has begun', async () => {
    const stop = new AbortController();
    const stream = new ReadableStream({ start: (controller) => controller.enqueue(bytes('data: 1\n\n')) });
    const response = await answeredAtStop(call, stop.signal, async () => new Response(stream, sse));
    stop.abort();
    const events = (await response.text()).split('\n\n');
    expect(JSON.parse(events.at(-2)?.split('data: ')[1] ?? '')).toMatchObject({
      id: 'a',
      error: { code: -32_000, message },
    });
  });

  it('is left alone when it asks for no answer', async () => {
    const stop = new AbortController();
    const afterwards = new Promise<Response>((resolve) => {
      stop.signal.addEventListener('abort', () => setImmediate(resolve, new Response(null, { status: 202 })));
    });
    const pending = answeredAtStop({ method: 'notifications/initialized' }, stop.signal, () => afterwards);
    stop.abort();
    expect((await pending).status).toBe(202);
  });
});

it('what comes after the end was told is served', async () => {
  const response = await answeredAtStop(call, AbortSignal.abort(), async () => Response.json({ id: 'a' }));
  expect(response.status).toBe(200);
});
