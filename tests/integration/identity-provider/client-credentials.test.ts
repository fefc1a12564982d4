import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiApp, cliApp, daemonApp, directory } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { clientCredentials, endpointOf, resource, scope } from './authorization.ts';

let provider: IdentityProvider;
let issuer: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
  issuer = provider.issuerOf('contoso');
});
afterAll(() => provider.stop());

test.each(directory)('the daemon gets an app-only token of $slug', async ({ slug, tid, daemonOid }) => {
  const answer = await clientCredentials(provider.issuerOf(slug));
  expect(answer).toMatchObject({ status: 200, token_type: 'Bearer', expires_in: 3600 });
  const claims = decodeJwt(answer.access_token);
  expect(claims).toEqual({
    aud: apiApp.clientId,
    iss: provider.issuerOf(slug),
    iat: expect.any(Number),
    nbf: claims.iat,
    exp: (claims.iat ?? 0) + 3600,
    azp: daemonApp.clientId,
    azpacr: '1',
    idtyp: 'app',
    oid: daemonOid,
    sub: daemonOid,
    roles: ['query'],
    tid,
    xms_idrel: '7 10',
    xms_act_fct: '3 9',
    xms_sub_fct: '9 3',
    xms_tnt_fct: '3 16',
    uti: expect.any(String),
    ver: '2.0',
  });
});

test('the secret may come in the header as well', async () => {
  const response = await fetch(endpointOf(issuer, 'token'), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${daemonApp.clientId}:${daemonApp.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: `${resource}/.default` }),
  });
  expect(response.status).toBe(200);
});

test.each([
  ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
  ['no secret', { client_secret: undefined }, 'invalid_client'],
  [
    'the CLI, which is a public client',
    { client_id: cliApp.clientId, client_secret: undefined },
    'invalid_request',
  ],
  ['a delegated scope', { scope }, 'invalid_scope'],
  ['no scope', { scope: undefined }, 'invalid_scope'],
  ['no scope, and a resource', { scope: undefined, resource }, 'invalid_scope'],
])('%s gets no token', async (_what, changes, error) => {
  const answer = await clientCredentials(issuer, changes);
  expect(answer.error).toBe(error);
  expect(answer).not.toHaveProperty('access_token');
});
