import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiApp, cliApp, directory } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { followAuthorization, signIn } from '#emulators/identity/sign-in';
import {
  authorizationUrl,
  codeOf,
  redeem,
  redirectUri,
  requestToken,
  resource,
  scope,
} from './authorization.ts';

let provider: IdentityProvider;
let issuer: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
  issuer = provider.issuerOf('contoso');
});
afterAll(() => provider.stop());

describe('the access token of a user', () => {
  test.each(directory.flatMap(({ slug, users }) => users.map((user) => ({ slug, ...user }))))(
    'says who $signInName is, as a v2 token does',
    async ({ slug, signInName, oid, roles }) => {
      const before = Date.now();
      const issued = await signIn({ issuer: provider.issuerOf(slug), user: signInName, resource });
      const claims = decodeJwt(issued.accessToken);
      expect(claims).toEqual({
        aud: apiApp.clientId,
        iss: provider.issuerOf(slug),
        iat: expect.any(Number),
        nbf: claims.iat,
        exp: (claims.iat ?? 0) + 3600,
        azp: cliApp.clientId,
        azpacr: '0',
        oid,
        sub: expect.stringMatching(/^[\w-]{43}$/),
        scp: 'mcp.access',
        idtyp: 'user',
        xms_idrel: '1 16',
        xms_act_fct: '3 9',
        xms_sub_fct: '3 6',
        xms_tnt_fct: '3 16',
        tid: directory.find((tenant) => tenant.slug === slug)?.tid,
        uti: expect.any(String),
        ver: '2.0',
        ...(roles.length > 0 ? { roles } : {}),
      });
      expect(issued.expiresAt).toBeGreaterThanOrEqual(before + 3_600_000);
    },
  );

  test('names nobody twice: object ids, subjects and token ids differ', async () => {
    const tokens = await Promise.all(
      ['contoso', 'fabrikam'].flatMap((slug) =>
        ['quinn', 'sara'].map((user) => signIn({ issuer: provider.issuerOf(slug), user, resource })),
      ),
    );
    const claims = tokens.map(({ accessToken }) => decodeJwt(accessToken));
    for (const name of ['oid', 'sub', 'uti']) {
      expect(new Set(claims.map((each) => each[name])).size).toBe(claims.length);
    }
  });
});

describe('the code', () => {
  test('comes back with the state and the issuer (RFC 9207)', async () => {
    const answer = await followAuthorization(authorizationUrl(issuer), 'quinn');
    expect(Object.fromEntries(answer)).toEqual({
      code: expect.any(String),
      state: 'the-state',
      iss: issuer,
    });
  });

  test('works once; the second time withdraws what the first one gave', async () => {
    const code = await codeOf(issuer, 'quinn', { scope: `${scope} offline_access` });
    const first = await redeem(issuer, code);
    expect(first).toMatchObject({ status: 200, token_type: 'Bearer', expires_in: 3600 });
    expect(await redeem(issuer, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
    ['no verifier', { code_verifier: undefined }],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:50124/callback' }],
  ])('is worth nothing with %s', async (_what, changes) => {
    const code = await codeOf(issuer, 'quinn');
    expect(await redeem(issuer, code, changes)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('is worth nothing at another organisation', async () => {
    const code = await codeOf(issuer, 'quinn');
    expect(await redeem(provider.issuerOf('fabrikam'), code)).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('PKCE', () => {
  test.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no method, which means plain', { code_challenge_method: undefined }],
  ])('a request with %s is refused', async (_what, changes) => {
    const answer = await answerOf(changes);
    expect(answer.searchParams.get('error')).toBe('invalid_request');
    expect(answer.searchParams.has('code')).toBe(false);
  });
});

describe('the redirect address', () => {
  test.each(['http://127.0.0.1:1/callback', 'http://localhost:65535/oauth/callback', 'http://[::1]:8080/'])(
    'may be %s: any loopback port (RFC 8252)',
    async (address) => {
      expect(await codeOf(issuer, 'quinn', { redirect_uri: address })).not.toBe('');
    },
  );

  test.each([
    'https://evil.example/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1:50123/elsewhere',
    'http://192.0.2.1:50123/callback',
  ])('is not %s, and nothing is sent there', async (address) => {
    const response = await fetch(authorizationUrl(issuer, { redirect_uri: address }), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(response.headers.has('location')).toBe(false);
    expect(await response.text()).toContain('redirect_uri');
  });
});

describe('refresh tokens', () => {
  test('are for who asks for offline_access', async () => {
    expect(await redeem(issuer, await codeOf(issuer, 'quinn'))).not.toHaveProperty('refresh_token');
  });

  test.each([undefined, 'login', 'consent', 'select_account'])(
    'renew the access token (prompt %s)',
    async (prompt) => {
      const code = await codeOf(issuer, 'sara', { scope: `${scope} offline_access`, prompt });
      const first = await redeem(issuer, code);
      const second = await refresh(first.refresh_token);
      const [before, after] = [first, second].map(({ access_token }) => decodeJwt(access_token));
      expect(after).toMatchObject({ oid: before?.oid, roles: ['security'], scp: 'mcp.access' });
      expect(after?.uti).not.toBe(before?.uti);
    },
  );

  test('are replaced at each use, as a public client has no other proof', async () => {
    const code = await codeOf(issuer, 'sara', { scope: `${scope} offline_access` });
    const { refresh_token: first } = await redeem(issuer, code);
    const { refresh_token: second } = await refresh(first);
    expect(second).not.toBe(first);
    expect(await refresh(first)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});

test('an ID token is for who asks for openid, and its names are in the access token for who asks for profile', async () => {
  const code = await codeOf(issuer, 'sara', { scope: `openid profile ${scope}` });
  const { id_token, access_token } = await redeem(issuer, code);
  expect(decodeJwt(id_token ?? '')).toMatchObject({
    iss: issuer,
    aud: cliApp.clientId,
    preferred_username: 'sara@contoso',
  });
  const names = { name: 'sara', preferred_username: 'sara@contoso' };
  expect(decodeJwt(access_token)).toMatchObject(names);
  const { access_token: nameless } = await redeem(issuer, await codeOf(issuer, 'sara', { scope }));
  expect(decodeJwt(nameless)).not.toHaveProperty('name');
  expect(decodeJwt(nameless)).not.toHaveProperty('preferred_username');
});

test('an unknown client is refused', async () => {
  const response = await fetch(authorizationUrl(issuer, { client_id: 'nobody-knows' }), {
    redirect: 'manual',
  });
  expect(response.status).toBe(400);
});

async function refresh(refresh_token: string | undefined) {
  return await requestToken(issuer, {
    grant_type: 'refresh_token',
    client_id: cliApp.clientId,
    refresh_token,
  });
}

/** Where the provider sends a request that it refuses before anyone signs in. */
async function answerOf(changes: Record<string, string | undefined>): Promise<URL> {
  const response = await fetch(authorizationUrl(issuer, changes), { redirect: 'manual' });
  const location = response.headers.get('location') ?? '';
  expect(location).toContain(redirectUri);
  return new URL(location);
}
