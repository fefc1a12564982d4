import { describe, expect, it } from 'vitest';
import { Forbidden } from '#platform/identity/authenticator';
import type { Principal } from '#platform/identity/principal';
import { tenantId } from '#platform/identity/tenant';
import { tenantSites } from '#platform/settings';
import { endpointsByRoute, onlyOf } from '#shared/composition/tenant-endpoints';

const sites = tenantSites({
  publicBaseUrl: 'https://mcp.example.com',
  tenants: ['contoso', 'fabrikam'].map((slug) => ({
    slug: tenantId(slug),
    tenantIds: ['c0000000-0000-4000-8000-000000000001'],
    displayName: slug,
    route: `${slug}-mcp`,
  })),
});

describe('the address of a tenant', () => {
  const endpoint = endpointsByRoute(
    sites,
    ({ slug }) =>
      async () =>
        new Response(slug),
  );
  const answerTo = async (path: string) => endpoint(new Request(`https://mcp.example.com${path}`));

  it('leads to its own endpoint', async () => {
    expect(await (await answerTo('/fabrikam-mcp/mcp')).text()).toBe('fabrikam');
  });

  it.each(['/contoso/mcp', '/fabrikam-mcp2/mcp', '/mcp'])('is not %s', async (path) => {
    expect((await answerTo(path)).status).toBe(404);
  });

  it('lets nobody of another tenant through', async () => {
    const person = (slug: string) => ({ tenant: tenantId(slug) }) as Principal;
    const authenticate = (slug: string) => onlyOf(tenantId('contoso'), async () => person(slug));
    const request = new Request('https://mcp.example.com/contoso-mcp/mcp');
    expect(await authenticate('contoso')(request)).toEqual(person('contoso'));
    await expect(authenticate('fabrikam')(request)).rejects.toThrow(Forbidden);
  });
});
