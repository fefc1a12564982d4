import { describe, expect, it } from 'vitest';
import { maxBodyBytes } from '#platform/mcp/http/body';
import { send } from './sent-to-endpoint.ts';

describe('requests that are not what they should be', () => {
  it.each(['GET', 'DELETE', 'PUT'])('%s is 405 with the allowed methods', async (method) => {
    const response = await send({ method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  });

  it.each([
    ['another media type', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
    ['broken JSON', { body: '{"jsonrpc":' }, 400],
    ['a batch', { body: '[{"jsonrpc":"2.0","id":1,"method":"ping"}]' }, 400],
    ['a bare text', { body: '"hello"' }, 400],
    ['a body over the limit', { body: JSON.stringify({ pad: 'x'.repeat(maxBodyBytes) }) }, 413],
    ['a foreign Host', { headers: { host: 'evil.example' }, body: '{}' }, 403],
    ['a foreign Origin', { headers: { origin: 'https://evil.example' }, body: '{}' }, 403],
    ['an opaque Origin', { headers: { origin: 'null' }, body: '{}' }, 403],
  ])('%s', async (_what, sent, status) => {
    const response = await send(sent);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
  });
});

describe('browser clients', () => {
  const origin = 'https://app.example.com';

  it('get the answer to their preflight', async () => {
    const response = await send({ method: 'OPTIONS', headers: { origin } });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/Mcp-Method/);
  });

  it('can read challenges', async () => {
    const response = await send({ headers: { origin, authorization: 'Basic eA==' }, body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-expose-headers')).toMatch(/WWW-Authenticate/);
  });
});
