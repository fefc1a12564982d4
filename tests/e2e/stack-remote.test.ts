import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { accessToken, callerOf } from '../../scripts/client/access.ts';
import { currentClient } from '../../scripts/demo/clients.ts';
import { Browser } from '../support/browser.ts';
import { callWith1x, callWith2x } from '../support/first-call.ts';

describe('a stack whose clients sign in at the identity provider', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({
      port: 0,
      ephemeral: true,
      pooled: true,
      signIn: 'remote',
      dataStorage: undefined,
      report: { step: () => {}, progress: () => {}, done: () => {} },
      onHostLine: () => {},
    });
  }, 240_000);

  afterAll(async () => {
    await stack?.stop();
  });

  it.each([
    ['2.x', callWith2x],
    ['1.x', callWith1x],
  ])('lets a %s client that is registered there find its way from 401 to a call', async (_sdk, call) => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const mcp = accessOf(stack, 'contoso').mcp.replace('127.0.0.1', name);
      expect(await call(mcp, new Browser('quinn@contoso'))).toMatchObject({ last_name: 'Doe' });
    }
  });

  it('signs its own client in', async () => {
    const { mcp: url, authority } = accessOf(stack, 'fabrikam');
    const metadata = await fetch(
      url.replace('/fabrikam-mcp', '/.well-known/oauth-protected-resource/fabrikam-mcp'),
    );
    const { authorization_servers: servers } = (await metadata.json()) as { authorization_servers: string[] };
    expect(servers).toEqual([expect.stringMatching(`^${authority}/`)]);
    const token = await accessToken(url, callerOf({ user: 'quinn@fabrikam' }));
    const client = await currentClient({ url, token });
    expect(await client.toolNames()).toContain('get_customer_detail');
    await client.close();
  });

  it('has no sign-in of its own', async () => {
    const { origin } = new URL(accessOf(stack, 'contoso').mcp);
    for (const path of [
      '/contoso-mcp/oauth/authorize',
      '/.well-known/oauth-authorization-server/contoso-mcp',
    ]) {
      expect((await fetch(`${origin}${path}`)).status).toBe(404);
    }
  });
});
