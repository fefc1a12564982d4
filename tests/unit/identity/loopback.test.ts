import { describe, expect, it } from 'vitest';
import { contoso } from '#contoso/business';
import { asAsked, loopbackSpellings } from '#platform/identity/loopback';
import { remoteProvider } from '#platform/sign-in/remote';
import { resourceMetadata } from '#shared/composition/identity';
import { readSettings } from '#shared/settings';

const settings = (env: Record<string, string>) =>
  readSettings({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    DATA_STORAGE: 'UseDevelopmentStorage=true',
    AUTH_MODE: 'jwt',
    AUTHORITY: 'http://127.0.0.1:7080',
    MCP_API_AUDIENCE: 'a0000000-0000-4000-8000-000000000001',
    TENANTS:
      '[{"slug":"contoso","tenantIds":["c0000000-0000-4000-8000-000000000001"],"displayName":"Contoso"}]',
    PUBLIC_BASE_URL: 'http://localhost:7071',
    ...env,
  });

describe('an address on this machine', () => {
  it.each([
    [
      'http://localhost:7071/mcp',
      ['http://127.0.0.1:7071/mcp', 'http://localhost:7071/mcp', 'http://[::1]:7071/mcp'],
    ],
    ['http://[::1]', ['http://127.0.0.1', 'http://localhost', 'http://[::1]']],
    ['https://localhost.example.com/mcp', ['https://localhost.example.com/mcp']],
    ['http://127.0.0.1@example.com/mcp', ['http://127.0.0.1@example.com/mcp']],
    ['api://a0000000', ['api://a0000000']],
  ])('%s has its other names', (address, spellings) => {
    expect(loopbackSpellings(address)).toEqual(spellings);
  });

  it.each([
    ['localhost:7071', 'http://localhost:7080/mcp'],
    ['LOCALHOST', 'http://localhost:7080/mcp'],
    ['[::1]:9', 'http://[::1]:7080/mcp'],
    ['evil.example', 'http://127.0.0.1:7080/mcp'],
    ['localhost.evil.example', 'http://127.0.0.1:7080/mcp'],
  ])('is named as the host %s was asked for, its port as it is', (host, named) => {
    const direct = { host };
    const throughGateway = { host: '127.0.0.1:9', 'x-forwarded-host': host };
    for (const headers of [direct, throughGateway]) {
      const request = new Request('http://any/', { headers });
      expect(asAsked('http://127.0.0.1:7080/mcp', request)).toBe(named);
      expect(asAsked('https://mcp.example.com/mcp', request)).toBe('https://mcp.example.com/mcp');
    }
  });
});

describe('a service on this machine', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]'])('describes itself to who asks %s', async (name) => {
    const local = settings({});
    if (local.auth.mode !== 'jwt') {
      throw new Error('It verifies tokens.');
    }
    const describe = resourceMetadata(local, remoteProvider(local.auth), contoso.endpointNames);
    const url = `http://${name}:7071/.well-known/oauth-protected-resource/mcp`;
    const document = await describe(new Request(url, { headers: { host: `${name}:7071` } })).json();
    expect(document).toMatchObject({
      resource: `http://${name}:7071/mcp`,
      scopes_supported: [`http://${name}:7071/mcp/mcp.access`],
    });
  });

  it('takes tokens for any of its names when it takes them for one', () => {
    const { auth } = settings({ MCP_API_AUDIENCE: 'http://127.0.0.1:7071/mcp' });
    expect(auth.mode === 'jwt' && auth.audiences).toEqual([
      'http://127.0.0.1:7071/mcp',
      'http://localhost:7071/mcp',
      'http://[::1]:7071/mcp',
    ]);
  });
});
