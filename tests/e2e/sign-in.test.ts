import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointsOf } from '#platform/settings';
import { apiApp } from '../../emulators/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../emulators/identity/provider.ts';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { accessToken, callerOf } from '../../scripts/client/access.ts';
import { currentClient } from '../../scripts/demo/clients.ts';
import { Browser } from '../support/browser.ts';
import { callWith2x } from '../support/first-call.ts';
import { type Service, startService } from '../support/service.ts';

let provider: IdentityProvider;
let service: Service;
let url: string;

beforeAll(async () => {
  provider = await startIdentityProvider();
  const env = { AUTH_MODE: 'jwt', AUTHORITY: provider.origin, MCP_API_AUDIENCE: apiApp.clientId };
  service = await startService({ env }, [
    localTenant('contoso').tenantIds[0],
    localTenant('fabrikam').tenantIds[0],
  ]);
  const endpoints = endpointsOf(`http://localhost:${service.host.port}`);
  for (const endpoint of Object.values(endpoints)) {
    provider.addResource(endpoint);
  }
  url = endpoints.mcp;
});

afterAll(async () => {
  await service?.stop();
  await provider?.stop();
});

describe('a client that knows only the address', () => {
  it('gets from 401 to a working call through discovery alone', async () => {
    expect(await callWith2x(url, new Browser('quinn@contoso'))).toMatchObject({ customer_id: 251 });
  });
});

describe('users', () => {
  const clientOf = async (user: string) =>
    currentClient({ url, token: await accessToken(url, callerOf({ user })), agree: async () => true });

  it.each([
    ['quinn@contoso', ['get_products'], ['pay_invoice', 'create_support_ticket', 'unlock_account']],
    ['bill@contoso', ['get_products', 'pay_invoice'], ['create_support_ticket', 'unlock_account']],
    ['agnes@fabrikam', ['get_products', 'create_support_ticket'], ['pay_invoice', 'unlock_account']],
    ['sara@fabrikam', ['get_products', 'pay_invoice', 'unlock_account'], []],
  ])('%s sees what the roles allow', async (user, seen, hidden) => {
    const client = await clientOf(user);
    const names = await client.toolNames();
    await client.close();
    expect(names).toEqual(expect.arrayContaining(seen));
    for (const name of hidden) {
      expect(names).not.toContain(name);
    }
  });

  it('without a role see nothing and may do nothing', async () => {
    const client = await clientOf('nobody@contoso');
    expect(await client.toolNames()).toEqual([]);
    await expect(client.call('get_products')).rejects.toThrow();
    await client.close();
  });

  it('of an organisation that is not onboarded are refused', async () => {
    await expect(clientOf('sam@stranger')).rejects.toThrow();
  });
});

describe('metadata', () => {
  it.each([
    '/.well-known/oauth-protected-resource/mcp',
    '/.well-known/oauth-protected-resource',
    '/mcp/.well-known/oauth-protected-resource',
  ])('%s describes the tools endpoint', async (path) => {
    const response = await fetch(new URL(path, url));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      resource: url,
      authorization_servers: [provider.issuerOf('contoso'), provider.issuerOf('fabrikam')],
      scopes_supported: [`${url}/mcp.access`],
      bearer_methods_supported: ['header'],
    });
  });

  it('describes the experts endpoint at its own address', async () => {
    const response = await fetch(new URL('/.well-known/oauth-protected-resource/agentic/mcp', url));
    expect(await response.json()).toMatchObject({ resource: url.replace('/mcp', '/agentic/mcp') });
  });

  it('knows no other resource', async () => {
    expect((await fetch(new URL('/.well-known/oauth-protected-resource/other', url))).status).toBe(404);
  });
});
