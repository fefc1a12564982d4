import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentApp, cliApp, daemonApp, directory } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { signIn } from '#emulators/identity/sign-in';
import type { Actor } from '#platform/identity/actor';
import { readClaims } from '#platform/identity/claims';
import { clientCredentials, resource } from './authorization.ts';

let provider: IdentityProvider;
let issuer: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
  issuer = provider.issuerOf('contoso');
});
afterAll(() => provider.stop());

const agent = { clientId: agentApp.clientId, clientSecret: agentApp.secret };
const asAgent = { client_id: agentApp.clientId, client_secret: agentApp.secret };
const [contoso] = directory;
const quinn = contoso?.users.find(({ name }) => name === 'quinn')?.oid;

test.each<[Actor, string, () => Promise<string>, object]>([
  [
    'person',
    'a usual client',
    async () => (await signIn({ issuer, user: 'quinn', resource })).accessToken,
    { application: cliApp.clientId, oid: quinn },
  ],
  [
    'agent_for_person',
    'the agent, at which the person signs in',
    async () => (await signIn({ issuer, user: 'quinn', resource, ...agent })).accessToken,
    { application: agentApp.clientId, oid: quinn, parentApplication: agentApp.blueprint },
  ],
  [
    'agent',
    'the agent, by itself',
    async () => (await clientCredentials(issuer, asAgent)).access_token,
    { application: agentApp.clientId, oid: contoso?.agentOid, parentApplication: agentApp.blueprint },
  ],
  [
    'application',
    'the daemon',
    async () => (await clientCredentials(issuer)).access_token,
    { application: daemonApp.clientId, oid: contoso?.daemonOid },
  ],
])('issues tokens of the kind %s: %s', async (actor, _how, token, who) => {
  expect(readClaims(decodeJwt(await token()))).toMatchObject({ actor, ...who });
});

test('the agent proves who it is', async () => {
  await expect(
    signIn({ issuer, user: 'quinn', resource, clientId: agentApp.clientId, clientSecret: 'wrong' }),
  ).rejects.toThrow();
  expect(await clientCredentials(issuer, { ...asAgent, client_secret: 'wrong' })).toMatchObject({
    status: 401,
  });
});
