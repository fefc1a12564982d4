import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { cliApp } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { endpointOf, resource } from './authorization.ts';

let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
});
afterAll(() => provider.stop());

test('each organisation has an issuer in the shape of Entra', () => {
  for (const { slug, tid } of provider.tenants) {
    expect(provider.issuerOf(slug)).toBe(`${provider.origin}/${tid}/v2.0`);
  }
  expect(provider.tenants.map(({ tid }) => tid)).toEqual(
    expect.arrayContaining([
      'c0000000-0000-4000-8000-000000000001',
      'f0000000-0000-4000-8000-000000000002',
      'd0000000-0000-4000-8000-000000000003',
    ]),
  );
});

/** The four addresses at which clients look, Entra's first. */
function addressesOf({ origin, issuerOf }: IdentityProvider, slug: string): string[] {
  const issuer = issuerOf(slug);
  const { pathname } = new URL(issuer);
  return [
    `${issuer}/.well-known/openid-configuration`,
    `${issuer}/.well-known/oauth-authorization-server`,
    `${origin}/.well-known/openid-configuration${pathname}`,
    `${origin}/.well-known/oauth-authorization-server${pathname}`,
  ];
}

test.each(['contoso', 'fabrikam', 'stranger'])('the metadata of %s is where Entra has it', async (slug) => {
  const [entras, ...others] = addressesOf(provider, slug);
  const issuer = provider.issuerOf(slug);
  const document = await (await fetch(String(entras))).json();
  expect(document).toMatchObject({
    issuer,
    authorization_endpoint: endpointOf(issuer, 'authorize'),
    token_endpoint: endpointOf(issuer, 'token'),
    jwks_uri: issuer.replace(/v2\.0$/, 'discovery/v2.0/keys'),
    response_types_supported: ['code'],
  });
  for (const other of others) {
    expect((await fetch(other)).status).toBe(404);
  }
});

test('the metadata says nothing that Entra’s does not say', async () => {
  const [address] = addressesOf(provider, 'contoso');
  const document = (await (await fetch(String(address))).json()) as Record<string, unknown>;
  for (const absent of [
    'code_challenge_methods_supported',
    'grant_types_supported',
    'registration_endpoint',
    'client_id_metadata_document_supported',
    'authorization_response_iss_parameter_supported',
  ]) {
    expect(document).not.toHaveProperty(absent);
  }
  expect(document.token_endpoint_auth_methods_supported).not.toContain('none');
});

test.each(['contoso', 'fabrikam', 'stranger'])(
  'in the standards’ form the metadata of %s is the same at four addresses',
  async (slug) => {
    const standard = await startIdentityProvider({ resource, metadata: 'standard' });
    onTestFinished(() => standard.stop());
    const issuer = standard.issuerOf(slug);
    const documents = await Promise.all(
      addressesOf(standard, slug).map(async (url) => (await fetch(url)).json()),
    );
    for (const document of documents) {
      expect(document).toEqual(documents[0]);
    }
    expect(documents[0]).toMatchObject({
      issuer,
      authorization_endpoint: endpointOf(issuer, 'authorize'),
      token_endpoint: endpointOf(issuer, 'token'),
      jwks_uri: issuer.replace(/v2\.0$/, 'discovery/v2.0/keys'),
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      grant_types_supported: [
        'authorization_code',
        'refresh_token',
        'client_credentials',
        'urn:ietf:params:oauth:grant-type:token-exchange',
        'urn:ietf:params:oauth:grant-type:jwt-bearer',
      ],
    });
  },
);

test('clients cannot register themselves', async () => {
  const document = await (
    await fetch(`${provider.issuerOf('contoso')}/.well-known/openid-configuration`)
  ).json();
  expect(document).not.toHaveProperty('registration_endpoint');
});

test('the published keys are public ones of 2048 bits, and no two organisations share one', async () => {
  const sets = await Promise.all(provider.tenants.map(({ slug }) => keysOf(slug)));
  const keys = sets.flat();
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(provider.tenants.length);
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(Buffer.from(key.n ?? '', 'base64url')).toHaveLength(2048 / 8);
  }
});

test.each([
  ['metadata', (issuer: string) => `${issuer}/.well-known/openid-configuration`, 'GET'],
  ['keys', (issuer: string) => issuer.replace(/v2\.0$/, 'discovery/v2.0/keys'), 'GET'],
  ['token', (issuer: string) => endpointOf(issuer, 'token'), 'POST'],
])('a page of another origin may read the %s', async (_what, urlOf, method) => {
  const origin = 'http://localhost:6274';
  const url = urlOf(provider.issuerOf('contoso'));
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': method },
  });
  expect([origin, '*']).toContain(preflight.headers.get('access-control-allow-origin'));
  const response = await fetch(url, {
    method,
    headers: { origin },
    ...(method === 'POST' ? { body: new URLSearchParams({ client_id: cliApp.clientId }) } : {}),
  });
  expect([origin, '*']).toContain(response.headers.get('access-control-allow-origin'));
});

test.each([
  '/',
  '/common/v2.0/.well-known/openid-configuration',
  '/c0000000-0000-4000-8000-000000000009/v2.0/.well-known/openid-configuration',
])('there is nothing at %s', async (path) => {
  expect((await fetch(`${provider.origin}${path}`)).status).toBe(404);
});

async function keysOf(slug: string): Promise<Record<string, string>[]> {
  const response = await fetch(provider.issuerOf(slug).replace(/v2\.0$/, 'discovery/v2.0/keys'));
  return ((await response.json()) as { keys: Record<string, string>[] }).keys;
}

test('the metadata for all organisations publishes the public keys of every directory', async () => {
  const document = await (
    await fetch(`${provider.origin}/organizations/v2.0/.well-known/openid-configuration`)
  ).json();
  expect(document).toMatchObject({ issuer: `${provider.origin}/{tenantid}/v2.0` });
  const response = await fetch((document as { jwks_uri: string }).jwks_uri);
  const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
  expect(keys).toHaveLength(provider.tenants.length);
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  }
});
