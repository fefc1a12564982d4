import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { fixture } from './fixture.ts';
import { rawRequest } from './raw-request.ts';

describe('without --enable-auth', () => {
  let host: HostProcess;
  beforeAll(async () => {
    host = await startHostProcess(fixture('streaming'), {
      args: ['--cors', 'https://one.example,https://two.example/'],
      env: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000' },
    });
  });
  afterAll(async () => {
    await host.stop();
  });

  test.each(['keyed', 'guarded'])('/%s is open', async (path) => {
    expect((await fetch(`${host.url}/${path}`)).status).toBe(200);
  });

  test('a preflight from an allowed origin is answered by the host', async () => {
    const response = await preflight(host, 'https://two.example');
    expect(response.status).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': 'https://two.example',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,mcp-session-id',
      vary: 'Origin',
    });
    expect(response.headers['access-control-expose-headers']).toBeUndefined();
  });

  test('a preflight from another origin gets no permission', async () => {
    const response = await preflight(host, 'https://evil.example');
    expect(response.status).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('an answer to an allowed origin is marked', async () => {
    const { headers } = await rawRequest(`${host.url}/keyed`, { headers: { origin: 'https://one.example' } });
    expect(headers['access-control-allow-origin']).toBe('https://one.example');
  });

  test.each([
    ['declared', { 'content-length': '1001' }],
    ['chunked', { 'transfer-encoding': 'chunked' }],
  ])('a %s body over the limit is refused with 500, as by the real host', async (_how, headers) => {
    const { status, body } = await rawRequest(`${host.url}/echo`, { method: 'POST', headers }, [
      'x'.repeat(1001),
    ]);
    expect({ status, body }).toEqual({ status: 500, body: '' });
  });

  test('a body at the limit arrives', async () => {
    const response = await fetch(`${host.url}/echo`, { method: 'POST', body: 'x'.repeat(1000) });
    expect(await response.json()).toMatchObject({ body: 'x'.repeat(1000) });
  });
});

describe('with --enable-auth', () => {
  let host: HostProcess;
  beforeAll(async () => {
    host = await startHostProcess(fixture('streaming'), {
      args: ['--enable-auth', '--key', 'function-key', '--master-key', 'master-key'],
    });
  });
  afterAll(async () => {
    await host.stop();
  });

  const status = async (path: string, key?: string) =>
    (await fetch(`${host.url}${path}`, key === undefined ? {} : { headers: { 'x-functions-key': key } }))
      .status;

  test('an anonymous function needs no key', async () => {
    expect(await status('/echo')).toBe(200);
  });

  test('what the host keeps for itself says how to be let in', async () => {
    const response = await fetch(`${host.url}/admin/host/status`);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('a protected one answers an empty 401 without a key', async () => {
    const response = await fetch(`${host.url}/keyed`);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['/keyed', 'function-key', 200],
    ['/keyed', 'master-key', 200],
    ['/keyed', 'other-key', 401],
    ['/guarded', 'function-key', 401],
    ['/guarded', 'master-key', 200],
    ['/admin/host/status', undefined, 401],
    ['/admin/host/status', 'function-key', 401],
    ['/admin/host/status', 'master-key', 200],
  ])('%s with the key %s: %i', async (path, key, expected) => {
    expect(await status(path, key)).toBe(expected);
  });

  test('the key may be in the query, but the header comes first', async () => {
    expect(await status('/keyed?code=function-key')).toBe(200);
    expect(await status('/keyed?code=function-key', 'wrong')).toBe(401);
  });
});

function preflight(host: HostProcess, origin: string) {
  return rawRequest(`${host.url}/echo`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,mcp-session-id',
    },
  });
}
