import { expect, it, vi } from 'vitest';
import { afterBody } from '#platform/http/rest-of-body';

const limits = { bytes: 1000, milliseconds: 30_000 };

function post(body: ReadableStream<Uint8Array> | null, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/mcp', { method: 'POST', headers, body, duplex: 'half' });
}

/** A body of so many pieces of 100 bytes. */
function pieces(count: number) {
  let left = count;
  const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (left === 0) {
      return controller.close();
    }
    left -= 1;
    controller.enqueue(new Uint8Array(100));
  });
  return { stream: new ReadableStream({ pull }, { highWaterMark: 0 }), pull };
}

/** The header of the answer to a request with this body. */
async function connectionAfter(
  body: ReadableStream<Uint8Array> | null,
  headers: Record<string, string> = {},
  within = limits,
): Promise<string | null> {
  const response = await afterBody(post(body, headers), new Response('refused', { status: 401 }), within);
  expect(response.status).toBe(401);
  return response.headers.get('connection');
}

it('reads an unread body to its end, and keeps the connection', async () => {
  const { stream, pull } = pieces(10);
  expect(await connectionAfter(stream)).toBeNull();
  expect(pull).toHaveBeenCalledTimes(11);
});

it('reads on where somebody stopped', async () => {
  const { stream, pull } = pieces(3);
  const request = post(stream);
  const reader = request.body?.getReader();
  await reader?.read();
  reader?.releaseLock();
  const response = await afterBody(request, new Response(null), limits);
  expect(response.headers.get('connection')).toBeNull();
  expect(pull).toHaveBeenCalledTimes(4);
});

it('needs no body', async () => {
  expect(await connectionAfter(null)).toBeNull();
});

it('gives up beyond so many bytes, and asks for the connection to be closed', async () => {
  const { stream, pull } = pieces(Number.POSITIVE_INFINITY);
  expect(await connectionAfter(stream)).toBe('close');
  expect(pull).toHaveBeenCalledTimes(11);
});

it('does not begin with a body that says that it is longer', async () => {
  const { stream, pull } = pieces(Number.POSITIVE_INFINITY);
  expect(await connectionAfter(stream, { 'content-length': '1001' })).toBe('close');
  expect(pull).not.toHaveBeenCalled();
});

it('gives up on a body that does not come', async () => {
  const silent = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
  expect(await connectionAfter(silent, {}, { bytes: 1000, milliseconds: 1 })).toBe('close');
});

it('takes a client that has gone for one whose connection ends', async () => {
  const gone = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error('gone')) });
  expect(await connectionAfter(gone)).toBe('close');
});
