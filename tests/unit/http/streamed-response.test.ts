import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StreamedResponse as Shared } from '#platform/http/streamed-response';

type Controller = ReadableStreamDefaultController<Uint8Array>;

const bytes = (text: string) => new TextEncoder().encode(text);

/** A response whose writer is the test. */
function written(StreamedResponse = Shared) {
  let controller: Controller | undefined;
  const cancelled = vi.fn();
  const source = new ReadableStream<Uint8Array>({
    start: (one) => {
      controller = one;
    },
    cancel: cancelled,
  });
  const response = StreamedResponse.of(
    new Response(null, { status: 200, headers: { 'content-type': 'text/event-stream' } }),
    source,
  );
  return {
    response,
    cancelled,
    write: (text: string) => controller?.enqueue(bytes(text)),
    close: () => controller?.close(),
    fail: () => controller?.error(new RangeError('broken')),
  };
}

it('is what was written, and says once that it is over', async () => {
  const { response, write, close } = written();
  const ended = vi.fn();
  response.onEnd(ended);
  expect(Shared.of(response, response.body as ReadableStream)).toBe(response);
  write('data: 1\n\n');
  write('data: 2\n\n');
  close();
  expect(ended).not.toHaveBeenCalled();
  expect(await response.text()).toBe('data: 1\n\ndata: 2\n\n');
  expect(ended).toHaveBeenCalledTimes(1);
});

it('is over when its writer fails, and fails itself', async () => {
  const { response, fail } = written();
  const ended = vi.fn();
  response.onEnd(ended);
  fail();
  await expect(response.text()).rejects.toThrow('broken');
  expect(ended).toHaveBeenCalledTimes(1);
});

describe('a reader that gives it up', () => {
  it('ends its writer', async () => {
    const { response, cancelled } = written();
    const ended = vi.fn();
    response.onEnd(ended);
    await response.body?.cancel('gone');
    expect(cancelled).toHaveBeenCalledWith('gone');
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('does not end one that goes on: who listened before is told of its end, who listens after of the reader’s', async () => {
    const { response, cancelled, write, close } = written();
    const [writer, reader] = [vi.fn(), vi.fn()];
    response.onEnd(writer).goesOn().onEnd(reader);
    await response.body?.cancel();
    expect(reader).toHaveBeenCalledTimes(1);
    expect(writer).not.toHaveBeenCalled();
    write('data: 1\n\n');
    close();
    await vi.waitFor(() => expect(writer).toHaveBeenCalledTimes(1));
    expect(cancelled).not.toHaveBeenCalled();
  });

  it('may be a signal, even when somebody else reads', async () => {
    const { response, cancelled, write } = written();
    const gone = new AbortController();
    const all = response.until(gone.signal).text();
    write('data: 1\n\n');
    await new Promise(setImmediate);
    gone.abort();
    expect(await all).toBe('data: 1\n\n');
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  it('may have gone before', async () => {
    const { response, cancelled } = written();
    expect(await response.until(AbortSignal.abort()).text()).toBe('');
    expect(cancelled).toHaveBeenCalledTimes(1);
  });
});

it('has its last words after everything that was written before them, also for a reader that is behind', async () => {
  const { response, write } = written();
  for (const number of [1, 2, 3]) {
    write(`data: ${number}\n\n`);
  }
  response.end('data: last\n\n');
  await new Promise(setImmediate);
  expect(await response.text()).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\ndata: last\n\n');
});

describe('while nothing is written', () => {
  let Own: typeof Shared;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    // a timer of its own: other files of this process may have left streams open
    vi.resetModules();
    ({ StreamedResponse: Own } = await import('#platform/http/streamed-response'));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows that it is alive, by one timer for however many there are, which ends with the last of them', async () => {
    const all = Array.from({ length: 30 }, () => written(Own));
    expect(vi.getTimerCount()).toBe(1);
    const readers = all.map(({ response }) => (response.body as ReadableStream<Uint8Array>).getReader());
    vi.advanceTimersByTime(15_000);
    for (const reader of readers) {
      expect(new TextDecoder().decode((await reader.read()).value)).toBe(': keepalive\n\n');
    }
    await Promise.all(readers.map((reader) => reader.cancel()));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not pile up what a reader does not read', async () => {
    const { response, close } = written(Own);
    vi.advanceTimersByTime(150_000);
    close();
    expect(await response.text()).toBe(': keepalive\n\n');
  });
});
