import {
  Client,
  ClientCredentialsProvider,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliApp, daemonApp, directory } from '../../../local/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../../local/identity/provider.ts';
import { followAuthorization } from '../../../local/identity/sign-in.ts';
import { redirectUri } from './authorization.ts';
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

/** What an MCP client brings for OAuth, with a user who is always there. */
class Browser implements OAuthClientProvider {
  readonly redirectUrl = redirectUri;
  readonly clientMetadata = {
    redirect_uris: [redirectUri],
    client_name: 'a client',
    grant_types: ['authorization_code', 'refresh_token'],
  };
  answer = new URLSearchParams();
  readonly #user: string;
  #tokens: StoredOAuthTokens | undefined;
  #verifier = '';
  #discovered: OAuthDiscoveryState | undefined;

  constructor(user: string) {
    this.#user = user;
  }
  state() {
    return 'state-of-the-browser';
  }
  clientInformation() {
    return { client_id: cliApp.clientId };
  }
  tokens() {
    return this.#tokens;
  }
  saveTokens(tokens: StoredOAuthTokens) {
    this.#tokens = tokens;
  }
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }
  codeVerifier() {
    return this.#verifier;
  }
  discoveryState() {
    return this.#discovered;
  }
  saveDiscoveryState(state: OAuthDiscoveryState) {
    this.#discovered = state;
  }
  async redirectToAuthorization(url: URL) {
    this.answer = await followAuthorization(url, this.#user);
  }
}
