import { describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { api, jwt, problemWith, problemWithJwt, tenants, twoTenants } from './development.ts';

describe('verification of tokens', () => {
  it('is what happens when no mode is set', () => {
    expect(readSettings(jwt).auth).toMatchObject({
      mode: 'jwt',
      authority: 'https://login.microsoftonline.com',
      audiences: [api],
      scope: 'mcp.access',
      scopePrefix: undefined,
    });
  });

  it('lets clients find their identity provider, unless they bring tokens', () => {
    expect(readSettings(jwt).signIn).toEqual({ way: 'remote' });
    expect(readSettings({ ...jwt, SIGN_IN: 'verifier' }).signIn).toEqual({ way: 'verifier' });
  });

  it('stands between clients and the provider, with a registration of its own', () => {
    const proxy = { ...jwt, SIGN_IN: 'proxy', SIGN_IN_CLIENT_ID: 'id', SIGN_IN_CLIENT_SECRET: 'secret' };
    expect(readSettings(proxy).signIn).toEqual({
      way: 'proxy',
      clientId: 'id',
      clientSecrets: ['secret'],
      secrets: ['s'.repeat(32)],
      registration: true,
      redirects: [],
    });
    const changed = {
      SIGN_IN_KEYS: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
      SIGN_IN_REGISTRATION: 'false',
      SIGN_IN_REDIRECTS: 'https://client.example/callback, com.example:/callback',
    };
    expect(readSettings({ ...proxy, ...changed }).signIn).toMatchObject({
      secrets: ['a'.repeat(32), 'b'.repeat(32)],
      registration: false,
      redirects: ['https://client.example/callback', 'com.example:/callback'],
    });
    for (const [changes, message] of [
      [{ SIGN_IN_CLIENT_ID: '' }, /SIGN_IN_CLIENT_ID is not set/],
      [{ SIGN_IN_CLIENT_SECRET: '' }, /SIGN_IN_CLIENT_SECRET is not set/],
      [{ SIGN_IN_KEYS: 'short' }, /SIGN_IN_KEYS has a secret that is too short/],
      [{ SIGN_IN_REDIRECTS: 'http://client.example/' }, /SIGN_IN_REDIRECTS has "http:/],
      [{ SIGN_IN_REDIRECTS: 'https://client.example/*' }, /SIGN_IN_REDIRECTS has "https:/],
      [{ TENANTS: twoTenants('a-mcp', 'b-mcp').replace(',"route":"b-mcp"', '') }, /no route for bb/],
    ] as [Record<string, string>, RegExp][]) {
      expect(problemWith({ ...proxy, ...changes })).toMatch(message);
    }
  });

  it('takes any identifier of the API as the prefix of its scope', () => {
    for (const prefix of [`api://${api}`, 'https://mcp.example.com/mcp']) {
      expect(readSettings({ ...jwt, MCP_SCOPE_PREFIX: prefix }).auth).toMatchObject({ scopePrefix: prefix });
    }
  });

  it('takes one directory without a list of tenants', () => {
    const { tenants } = readSettings({
      ...jwt,
      TENANTS: undefined,
      AAD_TENANT_ID: 'C0000000-0000-4000-8000-000000000001',
    });
    expect(tenants).toMatchObject([{ slug: 'main', tenantIds: ['c0000000-0000-4000-8000-000000000001'] }]);
  });

  it('narrows the directories down', () => {
    const two = tenants.replace('000001"]', '000001","d0000000-0000-4000-8000-000000000002"]');
    const settings = readSettings({
      ...jwt,
      TENANTS: two,
      ALLOWED_TENANTS: 'D0000000-0000-4000-8000-000000000002',
    });
    expect(settings.tenants).toMatchObject([{ tenantIds: ['d0000000-0000-4000-8000-000000000002'] }]);
  });

  it.each([
    ['no audience', { MCP_API_AUDIENCE: undefined }, /MCP_API_AUDIENCE is not set/],
    [
      'an audience with a slash',
      { MCP_API_AUDIENCE: 'https://mcp.example.com/mcp/' },
      /must not end with a slash/,
    ],
    [
      'an audience of another place',
      { MCP_API_AUDIENCE: 'https://other.example.com/mcp' },
      /other\.example\.com.*presents itself as https:\/\/mcp\.example\.com\/mcp/,
    ],
    ['an audience that is nothing', { MCP_API_AUDIENCE: 'my api' }, /client id, an api:/],
    ['a foreign scope prefix', { MCP_SCOPE_PREFIX: 'api://other' }, /no identifier of the audience/],
    ['an authority without TLS', { AUTHORITY: 'http://login.example.com' }, /https:\/\//],
    ['a loopback authority in Azure', { AUTHORITY: 'http://127.0.0.1:9000' }, /https:\/\//],
    ['an authority with a slash', { AUTHORITY: 'https://login.example.com/' }, /without a slash/],
    [
      'a directory without a tenant',
      { ALLOWED_TENANTS: 'e0000000-0000-4000-8000-00000000000e' },
      /no directory of TENANTS/,
    ],
    ['no signing key', { STATE_SIGNING_KEY: undefined }, /STATE_SIGNING_KEY is not set/],
    [
      'a short signing key',
      { STATE_SIGNING_KEY: 'short' },
      /STATE_SIGNING_KEY has a secret that is too short/,
    ],
    [
      'a short signing key beside a long one',
      { STATE_SIGNING_KEY: `${'s'.repeat(32)},short` },
      /STATE_SIGNING_KEY has a secret that is too short.*comma-separated/,
    ],
    ['a limit that is no amount', { CONFIRM_PAYMENTS_ABOVE: 'lots' }, /CONFIRM_PAYMENTS_ABOVE is "lots"/],
    [
      'a short gateway key',
      { GATEWAY_KEY: `${'g'.repeat(32)},short` },
      /GATEWAY_KEY has a secret that is too short/,
    ],
    ['an unknown way to sign in', { SIGN_IN: 'magic' }, /SIGN_IN is "magic"/],
    ['a reserved slug', { TENANTS: tenants.replace('contoso', 'platform') }, /reserved/],
  ])('stops the start with %s', (_what, changes, message) => {
    expect(problemWithJwt(changes)).toMatch(message);
  });
});
