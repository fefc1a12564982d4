import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { type Authority, audience, startAuthority } from './authority.ts';
import { type Backend, startBackend } from './backend.ts';
import { backendKey, everyBackend, scope } from './world.ts';

interface Arrived {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

let authority: Authority;
let backend: Backend;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let arrived: Promise<Arrived>;

beforeEach(async () => {
  authority = await startAuthority();
  const arrivals = new EventEmitter();
  arrived = once(arrivals, 'request').then(([arrival]) => arrival as Arrived);
  backend = await startBackend((request, response) => arrivals.emit('request', { request, response }));
  gateway = await startGateway({
    namedValues: (origin) =>
      localNamedValues({ origin, authority: authority.origin, audience, scope, backendKey }),
    backends: everyBackend(backend.origin),
  });
});

afterEach(async () => {
  await gateway.stop();
  await Promise.all([authority.stop(), backend.stop()]);
});

/** Calls with a good token; resolves with the head of the answer. */
async function call(init: RequestInit = {}): Promise<Response> {
  const authorization = `Bearer ${await authority.token('contoso')}`;
  return fetch(`${gateway.origin}/contoso-mcp/mcp`, {
    method: 'POST',
    body: '{}',
    ...init,
    headers: { authorization },
  });
}

it('passes the head on before there is a body, and each part before the next is written', async () => {
  const answer = call();
  const { response } = await arrived;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const { body, headers } = await answer;
  expect(headers.get('content-type')).toBe('text/event-stream');
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  for (const part of ['data: 1\n\n', 'data: 2\n\n']) {
    response.write(part);
    expect(await reader?.read()).toEqual({ done: false, value: part });
  }
  response.end();
  expect(await reader?.read()).toMatchObject({ done: true });
});

it('passes a request’s body on before the client has written all of it', async () => {
  const { readable, writable } = new TransformStream<Uint8Array>();
  const writer = writable.getWriter();
  const answer = call({ body: readable, duplex: 'half' });
  const encoder = new TextEncoder();
  void writer.write(encoder.encode('first'));
  const { request, response } = await arrived;
  const [part] = (await once(request, 'data')) as [Buffer];
  expect(part.toString()).toBe('first');
  await writer.close();
  await once(request, 'end');
  response.end('done');
  expect(await (await answer).text()).toBe('done');
});

it('tells the backend when the client leaves in the middle of a stream', async () => {
  const leaving = new AbortController();
  const answer = call({ signal: leaving.signal });
  const { response } = await arrived;
  response.writeHead(200).write('begun');
  await answer;
  const closed = once(response, 'close');
  leaving.abort();
  await closed;
  expect(response.writableFinished).toBe(false);
});

it('tells the backend when the client leaves before there is an answer', async () => {
  const leaving = new AbortController();
  const answer = call({ signal: leaving.signal });
  const { response } = await arrived;
  const closed = once(response, 'close');
  leaving.abort();
  await expect(answer).rejects.toThrow('aborted');
  await closed;
});

it('cuts the client’s stream when the backend breaks off', async () => {
  const answer = call();
  const { response } = await arrived;
  response.writeHead(200).write('begun');
  const { body } = await answer;
  const reader = body?.getReader();
  await reader?.read();
  response.destroy();
  await expect(reader?.read()).rejects.toThrow();
});

it('keeps cookies apart and removes what belongs to the connection', async () => {
  const answer = call();
  const { response } = await arrived;
  response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], connection: 'x-inner', 'x-inner': '1' }).end();
  const { headers } = await answer;
  expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(headers.get('x-inner')).toBeNull();
});
