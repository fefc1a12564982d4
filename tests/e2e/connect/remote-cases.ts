import { describe, expect, it } from 'vitest';
import { accessToken, callerOf } from '../../../scripts/client/access.ts';
import { currentClient } from '../../../scripts/demo/clients.ts';
import type { World } from './world.ts';

/** What a service whose clients sign in at the identity provider says of itself, and who sees what there. */
export function remoteCases(world: () => World): void {
  const url = () => `${world().origin}/mcp`;
  const clientOf = async (user: string) =>
    currentClient({
      url: url(),
      token: await accessToken(url(), callerOf({ user })),
      agree: async () => true,
    });

  describe('users', () => {
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
      const { provider } = world();
      const response = await fetch(new URL(path, url()));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        resource: url(),
        authorization_servers: [provider.issuerOf('contoso'), provider.issuerOf('fabrikam')],
        scopes_supported: [`${url()}/mcp.access`],
        bearer_methods_supported: ['header'],
      });
    });

    it('describes the experts endpoint at its own address', async () => {
      const response = await fetch(new URL('/.well-known/oauth-protected-resource/agentic/mcp', url()));
      expect(await response.json()).toMatchObject({ resource: url().replace('/mcp', '/agentic/mcp') });
    });

    it('knows no other resource', async () => {
      expect((await fetch(new URL('/.well-known/oauth-protected-resource/other', url()))).status).toBe(404);
    });
  });
}
