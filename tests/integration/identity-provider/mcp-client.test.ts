import {
  Client,
  ClientCredentialsProvider,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daemonApp, directory } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { Browser } from '../../support/browser.ts';
import { type ProtectedResource, startProtectedResource } from './protected-resource.ts';

let provider: IdentityProvider;
let protectedResource: ProtectedResource;
beforeAll(async () => {
  provider = await startIdentityProvider();
  protectedResource = await startProtectedResource(provider.issuerOf('contoso'));
  provider.addResource(protectedResource.url);
});
afterAll(async () => {
  await protectedResource.stop();
  await provider.stop();
});

test('the official client gets from the bare address to a call: challenge, discovery, code, token', async () => {
  const user = directory[0]?.users.find(({ name }) => name === 'agnes');
  const browser = new Browser('agnes@contoso');
  const first = transportOf(browser);
  await expect(newClient().connect(first)).rejects.toThrow(UnauthorizedError);
  expect(browser.answer.get('state')).toBe(browser.state());
  await first.finishAuth(browser.answer);
  expect(browser.tokens()).toMatchObject({ refresh_token: expect.any(String) });

  const client = newClient();
  await client.connect(transportOf(browser));
  try {
    expect(await client.callTool({ name: 'whoami' })).toMatchObject({ content: [{ text: user?.oid }] });
  } finally {
    await client.close();
  }
});

test('so does a program without a user, when it asks for .default whatever the challenge says', async () => {
  const client = newClient();
  await client.connect(transportOf(new Daemon(daemonOptions())));
  try {
    expect(await client.callTool({ name: 'whoami' })).toMatchObject({
      content: [{ text: directory[0]?.daemonOid }],
    });
  } finally {
    await client.close();
  }
});

test('a delegated scope, which the challenge names, is refused to it', async () => {
  const transport = transportOf(new ClientCredentialsProvider(daemonOptions()));
  await expect(newClient().connect(transport)).rejects.toThrow('AADSTS1002012');
});

/** The client takes the scope from the challenge, which is meant for users; Entra has another one for applications. */
class Daemon extends ClientCredentialsProvider {
  override prepareTokenRequest() {
    return super.prepareTokenRequest(`${protectedResource.url}/.default`);
  }
}

function daemonOptions() {
  return {
    clientId: daemonApp.clientId,
    clientSecret: daemonApp.secret,
    expectedIssuer: provider.issuerOf('contoso'),
  };
}

function newClient(): Client {
  return new Client({ name: 'a-client', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
}

function transportOf(authProvider: OAuthClientProvider): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(protectedResource.url), { authProvider });
}
