import { describe, expect, it, vi } from 'vitest';
import { maxBodyBytes, readJsonBody } from '#platform/mcp/http/body';

const chunk = new Uint8Array(64 * 1024).fill(0x20);

/** A body that is sent piece by piece, without saying how long it is. */
function aRequest(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  });
}

function piecewise(...pieces: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return ReadableStream.from(
    pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece)),
  ) as ReadableStream<Uint8Array>;
}

const statusOf = (body: unknown) => (body instanceof Response ? body.status : undefined);

describe('a body without a length', () => {
  it('is read to its end, whatever its pieces', async () => {
    const euro = new TextEncoder().encode('"€"');
    const pieces = ['{"a":', '', euro.slice(0, 2), euro.slice(2), '', '}'];
    expect(await readJsonBody(aRequest(piecewise(...pieces)))).toEqual({ a: '€' });
  });

  it('may be as long as the limit, and not a byte longer', async () => {
    const pieces = Array.from({ length: maxBodyBytes / chunk.length - 1 }, () => chunk);
    const rest = (length: number) => `{}${' '.repeat(length - 2)}`;
    expect(await readJsonBody(aRequest(piecewise(...pieces, rest(chunk.length))))).toEqual({});
    expect(statusOf(await readJsonBody(aRequest(piecewise(...pieces, rest(chunk.length + 1)))))).toBe(413);
  });

  it('that never ends is read no further than the limit, and can be read on', async () => {
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) =>
      controller.enqueue(chunk),
    );
    const cancel = vi.fn();
    const request = aRequest(new ReadableStream({ pull, cancel }));
    expect(statusOf(await readJsonBody(request))).toBe(413);
    expect(pull.mock.calls.length).toBeLessThan(maxBodyBytes / chunk.length + 4);
    expect(cancel).not.toHaveBeenCalled();
    expect(request.body?.locked).toBe(false);
  });

  it.each(['\uFEFF{"a":1}', ' {"a":1}'])('may begin with a byte order mark (%j)', async (text) => {
    expect(await readJsonBody(aRequest(piecewise(text)))).toEqual({ a: 1 });
  });

  it('may begin with one byte order mark, not with two', async () => {
    await expect(readJsonBody(aRequest(piecewise('\uFEFF\uFEFF{}')))).rejects.toThrow('Parse error');
  });

  it('that breaks off leaves nothing locked', async () => {
    const pull = () => Promise.reject(new Error('gone'));
    const request = aRequest(new ReadableStream({ pull }));
    await expect(readJsonBody(request)).rejects.toThrow('gone');
    expect(request.body?.locked).toBe(false);
  });
});

it('a body that says that it is too long is not read', async () => {
  const pull = vi.fn();
  const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  const headers = { 'content-length': String(maxBodyBytes + 1) };
  expect(statusOf(await readJsonBody(aRequest(body, headers)))).toBe(413);
  expect(pull).not.toHaveBeenCalled();
});

it('a body that lies about its length is held to what it is', async () => {
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(chunk);
  const request = aRequest(new ReadableStream({ pull }), { 'content-length': '2' });
  expect(statusOf(await readJsonBody(request))).toBe(413);
});

it('a request without a body is not valid JSON', async () => {
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://localhost/mcp', { method: 'POST', headers });
  await expect(readJsonBody(request)).rejects.toMatchObject({ status: 400, code: -32700 });
});
