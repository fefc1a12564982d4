import { describe, expect, it } from 'vitest';
import { AuditTrail } from '#platform/access/audit';
import { openStorage } from '#platform/storage/connect';
import { signInProvider } from '#shared/composition/sign-in';
import { readSettings } from '#shared/settings';

const enterprise = [
  {
    issuer: 'https://idp.acme.example',
    jwksUri: 'https://idp.acme.example/keys',
    clients: [{ id: 'client' }],
    roles: { claim: 'groups', values: { agents: ['agent'] } },
  },
];

async function providerOf(way: string, settings: Record<string, string> = {}) {
  const tenants = [
    { slug: 'acme', route: 'acme-mcp', enterprise },
    { slug: 'other', route: 'other-mcp' },
  ].map((tenant, at) => ({
    ...tenant,
    displayName: tenant.slug,
    tenantIds: [`c0000000-0000-4000-8000-00000000000${at}`],
    ...(way === 'proxy' || way === 'own' ? {} : { enterprise: [] }),
  }));
  const read = readSettings({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    DATA_STORAGE: 'UseDevelopmentStorage=true',
    AUTH_MODE: 'jwt',
    MCP_API_AUDIENCE: 'a0000000-0000-4000-8000-000000000001',
    PUBLIC_BASE_URL: 'https://mcp.example.com',
    TENANTS: JSON.stringify(tenants),
    SIGN_IN: way,
    SIGN_IN_CLIENT_ID: 'id',
    SIGN_IN_CLIENT_SECRET: 'secret',
    ...settings,
  });
  return signInProvider(read, {
    storage: await openStorage({ dataStorage: read.dataStorage }),
    trail: new AuditTrail({ write: async () => {} }, () => {}),
    now: () => new Date(),
    logger: { log: () => {} },
  });
}

const issuers = (provider: Awaited<ReturnType<typeof providerOf>>) =>
  provider?.verifiers.flatMap((verifier) => verifier.issuers);

describe('tokens of this service’s own', () => {
  it('count behind a proxy only for tenants whose identity provider vouches for people', async () => {
    expect(issuers(await providerOf('proxy'))).toEqual(['https://mcp.example.com/acme-mcp']);
  });

  it.each(['remote', 'verifier'])('do not exist with SIGN_IN=%s', async (way) => {
    expect(issuers(await providerOf(way))).toEqual([]);
  });
});

it('clients that may be used are told where to go by the proxy alone', async () => {
  const request = new Request('https://mcp.example.com/mcp');
  const provider = await providerOf('proxy');
  expect(provider?.applications).toEqual(['id']);
  const site = {
    slug: 'acme' as never,
    displayName: 'acme',
    tenantIds: [],
    route: 'acme-mcp',
    base: 'https://mcp.example.com/acme-mcp',
    resources: [],
  };
  expect(provider?.authorizationServers(site, request)).toEqual(['https://mcp.example.com/acme-mcp']);
  expect(provider?.scopeOf('https://mcp.example.com/acme-mcp/mcp')).toBe('mcp.access');
});
