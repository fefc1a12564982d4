import { createHash, randomUUID } from 'node:crypto';
import {
  Client,
  CrossAppAccessProvider,
  discoverAndRequestJwtAuthGrant,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { decodeJwt, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiApp, proxyApp } from '../../emulators/identity/directory.ts';
import { enterpriseApp, groupOf } from '../../emulators/identity/enterprise-app.ts';
import { type IdentityProvider, startIdentityProvider } from '../../emulators/identity/provider.ts';
import { signInForIdToken } from '../../emulators/identity/sign-in.ts';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { fetchFrom } from '../support/whole-app.ts';
import { startTarget, type Target } from './target.ts';

const origin = 'http://localhost:7071';
const base = (slug: string) => `${origin}/${slug}-mcp`;
const mcp = `${base('contoso')}/mcp`;

let provider: IdentityProvider;
let target: Target;
/** Two instances, one after the other. */
let reach: typeof fetch;

beforeAll(async () => {
  provider = await startIdentityProvider();
  for (const slug of ['contoso', 'fabrikam']) {
    provider.addResource(`${base(slug)}/mcp`);
    provider.addResource(`${base(slug)}/agentic/mcp`);
  }
  target = await startTarget();
  const env = {
    AUTHORITY: provider.origin,
    MCP_API_AUDIENCE: apiApp.clientId,
    SIGN_IN: 'proxy',
    SIGN_IN_CLIENT_ID: proxyApp.clientId,
    SIGN_IN_CLIENT_SECRET: proxyApp.secret,
    TENANTS: JSON.stringify([tenantOf('contoso', 0, true), tenantOf('fabrikam', 1, false)]),
  };
  const instances = [await target.instance(env), await target.instance(env)];
  reach = fetchFrom(
    origin,
    instances.map(({ app }) => app),
  );
});
afterAll(async () => {
  await target?.stop();
  await provider?.stop();
});

/** Only one of the two has an identity provider that vouches for its people. */
function tenantOf(name: string, at: 0 | 1, enterprise: boolean) {
  const issuer = provider.issuerOf(name);
  const roles = ['query', 'billing'];
  return {
    slug: target.tenants[at].slug,
    tenantIds: [localTenant(name).tenantIds[0]],
    displayName: name,
    route: `${name}-mcp`,
    ...(enterprise && {
      enterprise: [
        {
          issuer,
          jwksUri: issuer.replace(/v2\.0$/, 'discovery/v2.0/keys'),
          clients: [{ id: enterpriseApp.clientId, secretSha256: sha256(enterpriseApp.secret) }],
          roles: {
            claim: 'groups',
            values: Object.fromEntries(roles.map((role) => [groupOf(role), [role]])),
          },
        },
      ],
    }),
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

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

type Changes = Readonly<Record<string, unknown>>;

/** Signed by the identity provider of one of the organisations, true or not. */
function assertion(claims: Changes = {}, { by = 'contoso', typ = 'oauth-id-jag+jwt' } = {}) {
  return provider.mint(by, claimsWith(claims), { header: { typ } });
}

function claimsWith(claims: Changes) {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: provider.issuerOf('contoso'),
    sub: 'a-person',
    aud: base('contoso'),
    resource: mcp,
    client_id: enterpriseApp.clientId,
    groups: [groupOf('query')],
    scope: 'mcp.access',
    jti: randomUUID(),
    iat: now,
    exp: now + 300,
    ...claims,
  };
}

interface Answered {
  readonly status: number;
  readonly error?: string;
  readonly access_token?: string;
  readonly scope?: string;
}

async function redeem(assertion: string, changes: Record<string, string> = {}, slug = 'contoso') {
  const response = await reach(`${base(slug)}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
      client_id: enterpriseApp.clientId,
      client_secret: enterpriseApp.secret,
      ...changes,
    }),
  });
  return { status: response.status, ...((await response.json()) as object) } as Answered;
}

const list = (token: string, address = mcp) =>
  reach(address, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });

describe('an assertion buys no token', () => {
  const hour = 3_600;
  const now = Math.floor(Date.now() / 1_000);

  it.each<[string, () => Promise<string>]>([
    [
      'of another organisation’s issuer',
      () => assertion({ iss: provider.issuerOf('fabrikam') }, { by: 'fabrikam' }),
    ],
    ['of a stranger’s, in our issuer’s name', () => assertion({}, { by: 'stranger' })],
    ['for another resource', () => assertion({ resource: `${base('fabrikam')}/mcp` })],
    ['for another authorization server', () => assertion({ aud: base('fabrikam') })],
    ['for another client', () => assertion({ client_id: 'another' })],
    ['that has expired', () => assertion({ iat: now - 2 * hour, exp: now - hour })],
    ['that lives for ever', () => assertion({ exp: now + 10 * 365 * 24 * hour })],
    ['without our scope', () => assertion({ scope: 'calendar.read' })],
    ['that is an ID token', () => assertion({}, { typ: 'JWT' })],
    ['that nobody signed', async () => new UnsecuredJWT(claimsWith({})).encode()],
  ])('%s', async (_what, make) => {
    expect(await redeem(await make())).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('a second time, on another instance', async () => {
    const once = await assertion();
    expect(await redeem(once)).toMatchObject({ status: 200 });
    expect(await redeem(once)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('twice, when both come at once', async () => {
    const once = await assertion();
    const statuses = (await Promise.all([redeem(once), redeem(once)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400]);
  });

  it('for a client that does not prove who it is', async () => {
    const wrong = await redeem(await assertion(), { client_secret: 'a guess' });
    expect(wrong).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  it('where the organisation has no identity provider for it', async () => {
    const foreign = await assertion({ aud: base('fabrikam'), resource: `${base('fabrikam')}/mcp` });
    expect(await redeem(foreign, {}, 'fabrikam')).toMatchObject({ error: 'unsupported_grant_type' });
  });
});

describe('the token of an assertion', () => {
  it('has no more scopes and roles than were given, whatever is asked for', async () => {
    const { access_token: token = '', scope } = await redeem(
      await assertion({ roles: ['security'], groups: ['admins', 'security'] }),
      { scope: 'mcp.access security offline_access' },
    );
    expect(scope).toBe('mcp.access');
    expect(await (await list(token)).text()).toContain('"tools":[]');
    expect(decodeJwt(token)).toMatchObject({ roles: [], scope: 'mcp.access' });
  });

  it('opens the one address that it was given for', async () => {
    const { access_token: token = '' } = await redeem(await assertion());
    expect((await list(token)).status).toBe(200);
    expect((await list(token, `${base('contoso')}/agentic/mcp`)).status).toBe(401);
    expect((await list(token, `${base('fabrikam')}/mcp`)).status).toBe(403);
  });

  it('is not taken for an assertion, nor the assertion for it', async () => {
    const made = await assertion();
    expect((await list(made)).status).toBe(401);
    const { access_token: token = '' } = await redeem(made);
    expect(await redeem(token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});

it('no assertion, token or secret is in the log', async () => {
  const made = await assertion();
  const { access_token: token = '' } = await redeem(made);
  await redeem(made);
  const log = target.logLines.join('\n');
  expect(log).toContain('signed in');
  for (const secret of [made, token, enterpriseApp.secret, 'a-person']) {
    expect(log).not.toContain(secret);
  }
});
