import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { fixture } from './fixture.ts';
import { rawRequest } from './raw-request.ts';

describe('--strict, with HTTP streams', () => {
  let host: HostProcess;
  beforeAll(async () => {
    host = await startHostProcess(fixture('streaming'), { args: ['--strict', '--inactivity-limit', '1'] });
  });
  afterAll(async () => {
    await host.stop();
  });

  test.each(['throws', 'nothing'])('/%s hangs until the inactivity limit', async (path) => {
    const response = await fetch(`${host.url}/${path}`);
    expect(response.status).toBe(504);
    await host.waitForOutput(/because of --strict so it does here/);
    await host.waitForOutput(/Nothing was sent for 1 s/);
  });

  test('params hold scalars of the body and the query too, and the route wins', async () => {
    const response = await fetch(`${host.url}/echo/route?name=query&page=2`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, name: 'body', ok: true, params: { a: 1 }, none: null }),
    });
    const { params, body } = (await response.json()) as { params: unknown; body: string };
    expect(params).toEqual({ name: 'route', page: '2', jsonrpc: '2.0', id: '1', ok: 'True' });
    expect(JSON.parse(body)).toMatchObject({ params: { a: 1 } });
  });

  test('a client that leaves before its answer is complete makes a failed invocation', async () => {
    const client = new AbortController();
    const response = await fetch(`${host.url}/stream/left`, { signal: client.signal });
    await response.body?.getReader().read();
    client.abort();
    await fetch(`${host.url}/gate/left`, { method: 'POST' });
    await host.waitForOutput(
      /Executed 'Functions\.stream' \(Failed[\s\S]*The client left before it had the whole answer \(ResponseBodyCanceled\)/,
    );
  });

  test('an answer that reaches its client is a succeeded invocation', async () => {
    const response = await fetch(`${host.url}/stream/stays`);
    const text = response.text();
    await fetch(`${host.url}/gate/stays`, { method: 'POST' });
    expect(await text).toBe('first\nsecond\n');
    await host.waitForOutput(/Executed 'Functions\.stream' \(Succeeded/);
  });

  test('a body that is not JSON adds nothing', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${host.url}/echo`, { method: 'POST', headers, body: '{broken' });
    const answer = await response.json();
    expect(answer).toHaveProperty('params', {});
    expect(answer).toHaveProperty('body', '{broken');
  });
});

describe('--strict, without HTTP streams', () => {
  let host: HostProcess;
  beforeAll(async () => {
    host = await startHostProcess(fixture('buffered'), { args: ['--strict'] });
  });
  afterAll(async () => {
    await host.stop();
  });

  test('a chunked body is lost', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const { body } = await rawRequest(`${host.url}/api/length`, { method: 'POST', headers }, ['one ', 'two']);
    expect(body).toBe('0');
  });

  test('a body with its length arrives', async () => {
    const headers = { 'content-length': '7' };
    const { body } = await rawRequest(`${host.url}/api/length`, { method: 'POST', headers }, ['one two']);
    expect(body).toBe('7');
  });
});
