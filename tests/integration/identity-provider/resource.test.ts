import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiApp } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { followAuthorization, signIn } from '#emulators/identity/sign-in';
import { authorizationUrl, clientCredentials, codeOf, redeem, resource, scope } from './authorization.ts';

const otherResource = 'http://127.0.0.1:7071/agentic/mcp';

let provider: IdentityProvider;
let issuer: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource: [resource, otherResource] });
  issuer = provider.issuerOf('contoso');
});
afterAll(() => provider.stop());

describe('the resource', () => {
  test.each([
    ['a configured one', { resource }],
    ['the other configured one', { resource: otherResource, scope: `${otherResource}/mcp.access` }],
    ['left out, and told by the scope', { resource: undefined }],
    ['given with .default', { scope: `${resource}/.default` }],
    ['the api:// form', { resource: undefined, scope: `api://${apiApp.clientId}/mcp.access` }],
  ])('may be %s', async (_what, changes) => {
    const { access_token } = await redeem(issuer, await codeOf(issuer, 'quinn', changes));
    expect(decodeJwt(access_token)).toMatchObject({ aud: apiApp.clientId, scp: 'mcp.access' });
  });

  test.each([
    ['unknown', { resource: 'https://graph.microsoft.com' }, 'AADSTS500011'],
    ['known, with a slash too many', { resource: `${resource}/` }, 'AADSTS500011'],
    ['another than that of the scope', { resource: otherResource }, 'AADSTS9010010'],
  ])('may not be %s', async (_what, changes, code) => {
    expect(await errorOf(changes)).toEqual(['invalid_target', expect.stringContaining(code)]);
  });

  test('of the token request must be that of the code', async () => {
    const code = await codeOf(issuer, 'quinn');
    expect(await redeem(issuer, code, { resource: otherResource })).toMatchObject({
      error: 'invalid_target',
    });
    expect(await redeem(issuer, await codeOf(issuer, 'quinn'), { resource })).toMatchObject({ status: 200 });
  });

  test('of a daemon must be that of its scope', async () => {
    expect(await clientCredentials(issuer, { resource: otherResource })).toMatchObject({
      status: 400,
      error: 'invalid_target',
    });
  });

  test('can be registered later', async () => {
    const later = 'http://127.0.0.1:7071/contoso-mcp/mcp';
    await expect(signIn({ issuer, user: 'quinn', resource: later })).rejects.toThrow('AADSTS500011');
    provider.addResource(later);
    expect(await signIn({ issuer, user: 'quinn', resource: later })).toHaveProperty('accessToken');
  });

  test.each(['http://127.0.0.1:7071/mcp/', '/mcp'])('cannot be registered as %s', (uri) => {
    expect(() => provider.addResource(uri)).toThrow('must be an absolute URI without a slash at its end');
  });
});

describe('a scope that the API does not have is refused', () => {
  test.each([
    ['without a prefix', 'mcp.access'],
    ['of another name', `${resource}/mcp.write`],
    ['beside a good one', `${scope} ${resource}/mcp.write`],
  ])('%s', async (_what, asked) => {
    expect((await errorOf({ scope: asked }))[0]).toBe('invalid_scope');
    expect((await errorOf({ scope: asked, resource: undefined }))[0]).toBe('invalid_scope');
  });
});

async function errorOf(changes: Record<string, string | undefined>): Promise<(string | null)[]> {
  const response = await fetch(authorizationUrl(issuer, changes), { redirect: 'manual' });
  const { searchParams } = new URL(response.headers.get('location') ?? '');
  await expect(followAuthorization(authorizationUrl(issuer, changes), 'quinn')).rejects.toThrow();
  return [searchParams.get('error'), searchParams.get('error_description')];
}
