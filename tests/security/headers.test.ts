import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let query: string;
let security: string;

beforeAll(async () => {
  target = await startTarget();
  const [{ tid }] = target.tenants;
  query = target.authority.mint(tid);
  security = target.authority.mint(tid, { roles: ['security'] });
});

afterAll(() => target?.stop());

/** What App Service authentication would send: an identity, as readable JSON in Base64. */
const principalHeader = () =>
  Buffer.from(
    JSON.stringify({ auth_typ: 'aad', claims: [{ typ: 'roles', val: 'security' }], role_typ: 'roles' }),
  ).toString('base64');

const identityHeaders = () => ({
  'x-ms-client-principal': principalHeader(),
  'x-ms-client-principal-id': 'd1111111-1111-4111-8111-111111111111',
  'x-ms-client-principal-name': 'admin@directory.example',
  'x-ms-token-aad-access-token': security,
  'x-authenticated-user': 'admin',
  'x-user-roles': 'security',
  'x-forwarded-authorization': `Bearer ${security}`,
});

const tenantHeaders = () => ({
  'x-tenant-id': target.tenants[1].tid,
  'x-tenant': target.tenants[1].slug,
  'x-forwarded-tenant': target.tenants[1].slug,
});

const forwardingHeaders = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '127.0.0.1',
  forwarded: 'host=evil.example;proto=https',
  'x-original-host': 'evil.example',
  'x-original-url': '/admin',
  'x-rewrite-url': '/admin',
};

describe.each(eras)('forged identity headers (%s)', (era) => {
  it('are no substitute for a token', async () => {
    const { status } = await target.rpc({ era, method: 'tools/list', headers: identityHeaders() });
    expect(status).toBe(401);
  });

  it('add nothing to a token', async () => {
    const plain = await target.rpc({ era, method: 'tools/list', token: query });
    const forged = await target.rpc({ era, method: 'tools/list', token: query, headers: identityHeaders() });
    expect(forged.message.result?.tools).toEqual(plain.message.result?.tools);
    const call = { era, headers: identityHeaders() };
    const refused = await target.callTool(query, 'unlock_account', { customer_id: 2, reason: 'x' }, call);
    expect(refused.status).toBe(403);
  });

  it('do not choose the tenant', async () => {
    const [, other] = target.tenants;
    const theirs = target.authority.mint(other.tid, { roles: ['security'] });
    const subject = `Only here ${era}`;
    await target.callTool(theirs, 'create_support_ticket', { ...ticket, subject });
    const ask = (token: string, headers = {}) =>
      target.callTool(token, 'get_support_tickets', { customer_id: 1 }, { era, headers });
    expect((await ask(theirs)).text).toContain(subject);
    expect((await ask(query, tenantHeaders())).text).not.toContain('Only here');
  });
});

const ticket = {
  customer_id: 1,
  subscription_id: 11,
  category: 'billing',
  priority: 'low',
  description: 'A ticket of the second tenant.',
};

describe('headers that contradict the body', () => {
  const unlock = { name: 'unlock_account', arguments: { customer_id: 2, reason: 'x' } };
  const list = { name: 'get_products', arguments: {} };

  it.each([
    ['Mcp-Name', list, { 'mcp-name': 'get_promotions' }],
    ['Mcp-Name in another case', list, { 'mcp-name': 'GET_PRODUCTS' }],
    ['Mcp-Name, empty', list, { 'mcp-name': '' }],
    ['Mcp-Method', list, { 'mcp-method': 'tools/list' }],
    ['a tool the caller may use, over one that needs more', unlock, { 'mcp-name': 'get_products' }],
  ])('%s', async (_what, params, headers) => {
    const token = security;
    const { status, message } = await target.rpc({ method: 'tools/call', params, token, headers });
    expect(status).toBe(400);
    expect(message.error?.code).toBe(-32_020);
  });

  it('do not open a tool that the body names and the caller may not use', async () => {
    const headers = { 'mcp-name': 'get_products', 'mcp-method': 'tools/list' };
    for (const era of eras) {
      const request = { era, method: 'tools/call', params: unlock, token: query, headers };
      expect((await target.rpc(request)).status).toBe(403);
    }
  });
});

describe('rebinding and strangers', () => {
  it.each([
    'evil.example',
    'localhost.evil.example',
    'localhost:7071.evil.example',
    'evil.example:7071',
    '127.0.0.1.nip.io',
    'localhost@evil.example',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '',
  ])('Host "%s" is refused before the token is looked at', async (host) => {
    for (const token of [security, undefined]) {
      const answer = await target.rpc({ method: 'tools/list', token, headers: { host } });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('www-authenticate')).toBeNull();
    }
  });

  it('X-Forwarded-Host does not make a wrong Host right', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost:7071' };
    expect((await target.rpc({ method: 'tools/list', token: security, headers })).status).toBe(403);
  });

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://localhost@evil.example',
    'null',
    'file://',
    'not an origin',
  ])('Origin "%s" is refused, and its page can read nothing', async (origin) => {
    for (const method of ['POST', 'OPTIONS', 'GET']) {
      const sent = { method, token: security, headers: { origin } };
      const answer = await target.send(method === 'POST' ? { ...sent, body: {} } : sent);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('a page that may call gets its own origin named, never a star or credentials', async () => {
    const origin = 'http://localhost:5173';
    const { status, headers } = await target.rpc({
      method: 'tools/list',
      token: query,
      headers: { origin },
    });
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  it('nobody who keeps answers keeps this one for others', async () => {
    const { headers } = await target.rpc({ method: 'tools/list', token: query });
    expect(headers.get('cache-control')).toMatch(/no-store|private|no-cache/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('discovery', () => {
  const paths = [
    '/.well-known/oauth-protected-resource',
    '/.well-known/oauth-protected-resource/mcp',
    '/mcp/.well-known/oauth-protected-resource',
  ];

  it.each(paths)('%s names our own addresses whatever headers say', async (path) => {
    const ask = async (origin: string, headers = {}) =>
      await target.app.metadata(new Request(`${origin}${path}`, { headers })).text();
    const honest = await ask('http://localhost:7071');
    expect(JSON.parse(honest)).toMatchObject({ resource: 'http://localhost:7071/mcp' });
    expect(await ask('http://localhost:7071', forwardingHeaders)).toBe(honest);
    expect(await ask('http://evil.example', { host: 'evil.example' })).toBe(honest);
  });

  it.each(['%', '%zz', '%ff', '..%2f..%2fsecrets', '%00', 'mcp%0d%0aX-Injected:1', 'x'.repeat(5_000)])(
    'of "%s" is not found',
    (name) => {
      const request = new Request(`http://localhost:7071/.well-known/oauth-protected-resource/${name}`);
      expect(target.app.metadata(request).status).toBe(404);
    },
  );

  it('challenges name our own addresses too', async () => {
    const plain = await target.rpc({ method: 'tools/list' });
    const forged = await target.rpc({ method: 'tools/list', headers: forwardingHeaders });
    expect(forged.headers.get('www-authenticate')).toBe(plain.headers.get('www-authenticate'));
    expect(forged.headers.get('www-authenticate')).not.toContain('evil');
  });
});
