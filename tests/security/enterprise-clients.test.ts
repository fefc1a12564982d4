import {
  Client,
  CrossAppAccessProvider,
  discoverAndRequestJwtAuthGrant,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { enterpriseApp } from '../../emulators/identity/enterprise-app.ts';
import { signInForIdToken } from '../../emulators/identity/sign-in.ts';
import { base, mcp, origin, provider, reach, useEnterprise } from './enterprise-world.ts';

useEnterprise();

/** What an enterprise's client does: the person signs in once, at the identity provider; then no browser is needed. */
function clientOf(user: string, address = mcp) {
  return new CrossAppAccessProvider({
    clientId: enterpriseApp.clientId,
    clientSecret: enterpriseApp.secret,
    expectedIssuer: address.replace(/\/(agentic\/)?mcp$/, ''),
    fetchFn: reach,
    assertion: async ({ authorizationServerUrl, resourceUrl, scope, fetchFn }) => {
      const idpUrl = provider.issuerOf('contoso');
      const { jwtAuthGrant } = await discoverAndRequestJwtAuthGrant({
        idpUrl,
        audience: authorizationServerUrl,
        resource: resourceUrl,
        idToken: await signInForIdToken(idpUrl, user),
        clientId: enterpriseApp.clientId,
        clientSecret: enterpriseApp.secret,
        ...(scope !== undefined && { scope }),
        fetchFn,
      });
      return jwtAuthGrant;
    },
  });
}

async function connected(authProvider: CrossAppAccessProvider, address = mcp): Promise<Client> {
  const client = new Client({ name: 'tests', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(address), { authProvider, fetch: reach }));
  return client;
}

describe('a client of an enterprise', () => {
  it('gets from the bare address to a working call without asking anybody', async () => {
    const authProvider = clientOf('bill');
    const client = await connected(authProvider);
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toContain('pay_invoice');
    expect(names).not.toContain('unlock_account');
    const result = await client.callTool({ name: 'get_products', arguments: {} });
    expect(result.isError).not.toBe(true);
    expect(client.getServerCapabilities()?.extensions).toHaveProperty([
      'io.modelcontextprotocol/enterprise-managed-authorization',
    ]);
    await client.close();
    expect(decodeJwt(authProvider.tokens()?.access_token ?? '')).toMatchObject({
      iss: base('contoso'),
      aud: mcp,
      client_id: enterpriseApp.clientId,
    });
  });

  it('gets a token of its own for the experts', async () => {
    const agentic = `${base('contoso')}/agentic/mcp`;
    const client = await connected(clientOf('quinn', agentic), agentic);
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await client.close();
  });

  it('sees nothing as a person whose groups stand for no role', async () => {
    const client = await connected(clientOf('nobody'));
    expect((await client.listTools()).tools).toEqual([]);
    await client.close();
  });
});

describe('the metadata', () => {
  const metadataOf = async (slug: string): Promise<Record<string, unknown>> => {
    const response = await reach(`${origin}/.well-known/oauth-authorization-server/${slug}-mcp`);
    return (await response.json()) as Record<string, unknown>;
  };
  const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

  it('says that assertions count where the tenant has an issuer', async () => {
    expect(await metadataOf('contoso')).toMatchObject({
      issuer: base('contoso'),
      grant_types_supported: expect.arrayContaining(['authorization_code', grantType]),
      authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    });
  });

  it('says nothing of them where it has none', async () => {
    const metadata = await metadataOf('fabrikam');
    expect(metadata.grant_types_supported).not.toContain(grantType);
    expect(metadata).not.toHaveProperty('authorization_grant_profiles_supported');
    expect(metadata.token_endpoint_auth_methods_supported).toEqual(['none']);
  });
});
