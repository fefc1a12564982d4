import { describe, expect, it } from 'vitest';
import { callWith1x, callWith2x } from '../../support/first-call.ts';
import { NewClient } from '../../support/new-client.ts';
import type { World } from './world.ts';

/** What a service between its clients and the identity provider does besides, at two hosts that take turns. */
export function proxyCases(world: () => World): void {
  const addressOf = (path: string, host = 'localhost') =>
    `${world().origin.replace('localhost', host)}${path}`;

  describe('a client that knows only the address', () => {
    it.each([
      ['2.x', '/contoso-mcp/mcp', '127.0.0.1', 'quinn@contoso', callWith2x],
      ['2.x', '/fabrikam-mcp/mcp', 'localhost', 'quinn@fabrikam', callWith2x],
      ['2.x', '/mcp', 'localhost', 'quinn@contoso', callWith2x],
      ['1.x', '/fabrikam-mcp/mcp', '127.0.0.1', 'quinn@fabrikam', callWith1x],
    ])('of the SDK %s signs its person in at %s of %s (%s)', async (_sdk, path, host, user, call) => {
      const client = new NewClient(user);
      expect(await call(addressOf(path, host), client)).toMatchObject({ customer_id: 251 });
      expect(client.asked?.page).toContain('A new client');
      expect(client.answer.get('state')).toBe('state-of-the-client');
    });

    it('gets on with a refresh token, which is good once', async () => {
      const client = new NewClient('quinn@contoso');
      await callWith2x(addressOf('/contoso-mcp/mcp'), client);
      const token = client.tokens()?.refresh_token ?? '';
      const refresh = (refresh_token: string) =>
        fetch(addressOf('/contoso-mcp/oauth/token'), {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token,
            client_id: client.clientInformation()?.client_id ?? '',
          }),
        });
      const next = (await (await refresh(token)).json()) as { access_token: string; refresh_token: string };
      expect(next.access_token).not.toBe(client.tokens()?.access_token);
      const again = await refresh(token);
      expect(again.status).toBe(400);
      expect(await again.json()).toMatchObject({ error: 'invalid_grant' });
      expect((await refresh(next.refresh_token)).status).toBe(400);
    });

    it('is not asked for twice in one browser, if its person says so', async () => {
      const first = new NewClient('quinn@contoso', { decision: { decision: 'allow', remember: 'yes' } });
      await callWith2x(addressOf('/contoso-mcp/mcp'), first);
      const second = new NewClient('quinn@contoso', { browser: first.browser });
      expect(await callWith2x(addressOf('/contoso-mcp/mcp'), second)).toMatchObject({ customer_id: 251 });
      expect(second.asked).toBeUndefined();
      const elsewhere = new NewClient('quinn@fabrikam', { browser: first.browser });
      await callWith2x(addressOf('/fabrikam-mcp/mcp'), elsewhere);
      expect(elsewhere.asked?.page).toContain('A new client');
    });

    it('of another person’s browser gets nothing', async () => {
      const client = new NewClient('quinn@contoso', { decision: { decision: 'deny' } });
      await expect(callWith2x(addressOf('/contoso-mcp/mcp'), client)).rejects.toThrow(/did not allow/);
    });
  });
}
