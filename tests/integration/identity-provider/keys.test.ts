import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiApp } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { signIn } from '#emulators/identity/sign-in';
import { codeOf, redeem, requestToken, resource } from './authorization.ts';

let provider: IdentityProvider;
let issuer: string;
beforeEach(async () => {
  provider = await startIdentityProvider({ resource });
  issuer = provider.issuerOf('contoso');
});
afterEach(() => provider.stop());

test('a token is verifiable with the published keys', async () => {
  const { payload, protectedHeader } = await verify(await tokenOf('quinn@contoso'));
  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  expect(payload.tid).toBe('c0000000-0000-4000-8000-000000000001');
});

test('a token of another organisation is not', async () => {
  const issued = await signIn({ issuer: provider.issuerOf('fabrikam'), user: 'quinn', resource });
  await expect(verify(issued.accessToken)).rejects.toThrow('no applicable key found');
});

test('after a rotation new tokens have a new key, and the earlier ones stay verifiable', async () => {
  const earlier = await tokenOf('quinn');
  await provider.rotateKeys('contoso');
  const later = await tokenOf('quinn');
  expect(decodeProtectedHeader(later).kid).not.toBe(decodeProtectedHeader(earlier).kid);
  await verify(earlier);
  await verify(later);
});

test('a retired key is no longer published', async () => {
  const earlier = await tokenOf('quinn');
  await provider.rotateKeys('contoso');
  provider.retireOldKeys('contoso');
  await expect(verify(earlier)).rejects.toThrow('no applicable key found');
  await verify(await tokenOf('quinn'));
});

test('codes and refresh tokens survive a rotation', async () => {
  const code = await codeOf(issuer, 'quinn', { scope: `${resource}/mcp.access offline_access` });
  await provider.rotateKeys('contoso');
  const { refresh_token } = await redeem(issuer, code);
  await provider.rotateKeys('contoso');
  const refreshed = await requestToken(issuer, {
    grant_type: 'refresh_token',
    client_id: 'a0000000-0000-4000-8000-000000000002',
    refresh_token,
  });
  await verify(refreshed.access_token);
});

test('mint signs what a test wants to see refused or read, such as a v1 token', async () => {
  const tid = 'c0000000-0000-4000-8000-000000000001';
  const claims = { iss: `${provider.origin}/${tid}/`, aud: resource, tid, appid: 'an-app', ver: '1.0' };
  const token = await provider.mint('contoso', claims);
  const { payload } = await jwtVerify(token, keys(), { issuer: claims.iss, audience: resource });
  expect(payload).toEqual(claims);
  const odd = await provider.mint('contoso', claims, { header: { kid: 'unheard-of' } });
  await expect(jwtVerify(odd, keys())).rejects.toThrow('no applicable key found');
});

async function tokenOf(user: string): Promise<string> {
  return (await signIn({ issuer, user, resource })).accessToken;
}

function keys() {
  return createRemoteJWKSet(new URL(issuer.replace(/v2\.0$/, 'discovery/v2.0/keys')));
}

async function verify(token: string) {
  return await jwtVerify(token, keys(), { issuer, audience: apiApp.clientId, algorithms: ['RS256'] });
}
