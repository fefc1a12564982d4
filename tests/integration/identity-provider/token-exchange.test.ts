import { requestJwtAuthorizationGrant } from '@modelcontextprotocol/client';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterpriseApp } from '#emulators/identity/enterprise-app';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { codeOf, endpointOf, redeem, requestToken, resource, scope } from './authorization.ts';

const audience = resource.replace(/\/mcp$/, '');
const ofApp = { client_id: enterpriseApp.clientId, client_secret: enterpriseApp.secret };

let provider: IdentityProvider;
let issuer: string;
let idToken: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
  issuer = provider.issuerOf('contoso');
  idToken = await idTokenOf(issuer);
});
afterAll(() => provider.stop());

async function idTokenOf(ofIssuer: string, user = 'bill'): Promise<string> {
  const code = await codeOf(ofIssuer, user, {
    client_id: ofApp.client_id,
    scope: 'openid',
    resource: undefined,
  });
  return (await redeem(ofIssuer, code, ofApp)).id_token ?? '';
}

test('who signed in to an approved client gets an assertion for an MCP server', async () => {
  const { jwtAuthGrant, expiresIn } = await requestJwtAuthorizationGrant({
    tokenEndpoint: endpointOf(issuer, 'token'),
    audience,
    resource,
    idToken,
    clientId: ofApp.client_id,
    clientSecret: ofApp.client_secret,
    scope,
  });
  expect(expiresIn).toBe(300);
  expect(decodeProtectedHeader(jwtAuthGrant)).toMatchObject({ typ: 'oauth-id-jag+jwt', alg: 'RS256' });
  expect(decodeJwt(jwtAuthGrant)).toEqual({
    iss: issuer,
    sub: decodeJwt(idToken).sub,
    aud: audience,
    resource,
    client_id: enterpriseApp.clientId,
    groups: ['employees', 'mcp-query', 'mcp-billing'],
    scope,
    jti: expect.any(String),
    iat: expect.any(Number),
    exp: expect.any(Number),
  });
});

const exchange = (changes: Record<string, string | undefined> = {}) =>
  requestToken(issuer, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requested_token_type: 'urn:ietf:params:oauth:token-type:id-jag',
    subject_token: idToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience,
    resource,
    ...ofApp,
    ...changes,
  });

test.each([
  ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
  ['no ID token', { subject_token: 'x' }, 'invalid_grant'],
  ['another kind of token', { requested_token_type: 'x' }, 'invalid_request'],
  ['a token of another kind', { subject_token_type: 'x' }, 'invalid_request'],
  ['a server that nobody knows', { resource: 'https://elsewhere.example/mcp' }, 'invalid_target'],
  ['a server of another issuer', { audience: 'https://elsewhere.example' }, 'invalid_target'],
  ['no server', { audience: undefined }, 'invalid_target'],
])('%s gets no assertion', async (_what, changes, error) => {
  const answer = await exchange(changes);
  expect(answer.error).toBe(error);
  expect(answer).not.toHaveProperty('access_token');
});

test('an ID token of another directory gets no assertion', async () => {
  const foreign = await idTokenOf(provider.issuerOf('fabrikam'));
  expect((await exchange({ subject_token: foreign })).error).toBe('invalid_grant');
});
