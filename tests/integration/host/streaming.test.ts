import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../../scripts/compare-host/client/connection.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { fixture } from './fixture.ts';
import { rawRequest } from './raw-request.ts';

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess(fixture('streaming'));
});
afterAll(async () => {
  await host.stop();
});

describe('an app with HTTP streams', () => {
  test('gets method, address, route values, query, headers and body', async () => {
    const response = await fetch(`${host.url}/echo/x?a=1&a=2`, {
      method: 'POST',
      headers: { 'x-mine': 'kept', 'content-type': 'application/json' },
      body: '{"name":"body","id":7}',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      method: 'POST',
      url: `${host.url}/echo/x?a=1&a=2`,
      params: { name: 'x' },
      headers: { 'x-mine': 'kept', host: `127.0.0.1:${host.port}` },
      body: '{"name":"body","id":7}',
    });
  });

  test('sees only the values of the route in params', async () => {
    const response = await fetch(`${host.url}/echo?name=query`, { method: 'POST', body: '{"name":"body"}' });
    expect(await response.json()).toHaveProperty('params', {});
  });

  test('answers with its own headers, without those of the connection', async () => {
    const { headers } = await rawRequest(`${host.url}/echo`, { headers: { connection: 'keep-alive' } });
    expect(headers).toMatchObject({ 'x-app': 'yes', 'set-cookie': ['a=1'], connection: 'keep-alive' });
    expect(headers['x-ms-invocation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each(['POST', 'DELETE'])('gets a chunked body of a %s', async (method) => {
    const headers = { 'transfer-encoding': 'chunked' };
    const { body } = await rawRequest(`${host.url}/echo`, { method, headers }, ['one ', 'two']);
    expect(JSON.parse(body)).toMatchObject({ method, body: 'one two' });
  });

  test('gets the trace context of its caller', async () => {
    const headers = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'a=1',
    };
    const response = await fetch(`${host.url}/echo`, { headers });
    expect(await response.json()).toMatchObject({
      traceContext: { traceParent: headers.traceparent, traceState: 'a=1' },
    });
  });

  test('is not blamed when the client breaks an upload off', async () => {
    const upload = http.request(`${host.url}/upload`, { method: 'POST', agent: false });
    upload.on('error', () => {});
    upload.write('one');
    await host.waitForOutput(/upload begun/);
    upload.destroy();
    await host.waitForOutput(/Executed 'Functions\.upload' \(Failed/);
    // A later entry: what the host had to say about the broken one is in the log by then.
    await fetch(`${host.url}/upload`, { method: 'POST', body: 'whole' });
    await host.waitForOutput(/Executed 'Functions\.upload' \(Succeeded/);
    expect(host.output()).not.toContain('sent no complete answer');
  });

  test('may answer HEAD only where it says so', async () => {
    expect((await fetch(`${host.url}/echo`, { method: 'HEAD' })).status).toBe(404);
  });

  test('gets what is longer than a chunk of the real host to its client in several', async () => {
    const connection = await Connection.open(host.url, AbortSignal.timeout(50_000));
    const lines = ['POST /echo HTTP/1.1', `Host: 127.0.0.1:${host.port}`];
    const request = { lines, body: 'x'.repeat(10_000) };
    await connection.send(request);
    const { chunks } = await connection.answer(request, performance.now());
    connection.close();
    const lengths = chunks.map(({ text }) => text.length);
    expect(lengths.length).toBeGreaterThan(2);
    expect(Math.max(...lengths)).toBe(4_083);
  });

  test('sends each chunk when it is made: the first arrives before the second exists', async () => {
    const response = await fetch(`${host.url}/stream/order`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('content-encoding')).toBeNull();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('first\n');

    // Only now does the app make the second chunk: it waits for this call.
    await fetch(`${host.url}/gate/order`, { method: 'POST' });
    expect((await reader?.read())?.value).toBe('second\n');
    expect((await reader?.read())?.done).toBe(true);
  });

  test('loses the forwarded connection when the client goes away', async () => {
    const cut = async () => Number(await (await fetch(`${host.url}/cut`)).text());
    const cutBefore = await cut();
    const client = new AbortController();
    const response = await fetch(`${host.url}/stream/left`, { signal: client.signal });
    await response.body?.getReader().read();
    client.abort();
    await expect.poll(cut).toBeGreaterThan(cutBefore);
    await fetch(`${host.url}/gate/left`, { method: 'POST' });
  });
});

describe('a call that the cloud would leave hanging', () => {
  test.each([
    ['throws', 'The handler failed'],
    ['nothing', 'The handler returned nothing'],
    ['breaks', 'The handler failed'],
  ])('/%s is answered at once, and the log explains', async (path, explanation) => {
    const answer = await fetch(`${host.url}/${path}`)
      .then(async (response) => ({ status: response.status, body: await response.text() }))
      .catch(() => 'cut');
    // A body that breaks off may have begun; everything else is an empty 500.
    if (path !== 'breaks') {
      expect(answer).toEqual({ status: 500, body: '' });
    }
    await host.waitForOutput(new RegExp(`${explanation}.*azure-functions-nodejs-library#324`));
  });

  test('the failure is logged in the shape of the host, with its stack', async () => {
    await fetch(`${host.url}/throws`);
    await host.waitForOutput(
      /Executed 'Functions\.throws' \(Failed, Id=[0-9a-f-]{36}, Duration=\d+ms\)[\s\S]*Exception: secret detail\nStack: Error: secret detail\n +at /,
    );
  });
});

test('the start lists the routes in the shape of the host', () => {
  expect(host.output()).toContain("Mapped function route 'echo/{name?}' [GET,POST,DELETE] to 'echo'");
  expect(host.output()).toContain(`echo: [GET,POST,DELETE] ${host.url}/echo/{name?}`);
  expect(host.output()).toContain(`Host ready on ${host.url}\n`);
});
