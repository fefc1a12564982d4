import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiApp, proxyApp } from '../../emulators/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../emulators/identity/provider.ts';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { type HostProcess, startHostProcess } from '../../emulators/stack/host-process.ts';
import { callWith1x, callWith2x } from '../support/first-call.ts';
import { NewClient } from '../support/new-client.ts';
import { startRoundRobin } from '../support/round-robin.ts';
import { environment, type Service, startService } from '../support/service.ts';

/** Two Functions hosts behind a proxy that sends each request to the other one: every step may land on either. */
let provider: IdentityProvider;
let first: Service;
let second: HostProcess;
let proxy: Awaited<ReturnType<typeof startRoundRobin>>;
const ports: number[] = [];

beforeAll(async () => {
  provider = await startIdentityProvider();
  proxy = await startRoundRobin(ports);
  const env = {
    AUTH_MODE: 'jwt',
    AUTHORITY: provider.origin,
    MCP_API_AUDIENCE: apiApp.clientId,
    SIGN_IN: 'proxy',
    SIGN_IN_CLIENT_ID: proxyApp.clientId,
    SIGN_IN_CLIENT_SECRET: proxyApp.secret,
    STATE_SIGNING_KEY: 'a key that both hosts share: at least 32 bytes',
    PUBLIC_BASE_URL: `http://127.0.0.1:${proxy.port}`,
  };
  const tids = [localTenant('contoso').tenantIds[0], localTenant('fabrikam').tenantIds[0]] as const;
  first = await startService({ env }, tids, ['contoso-mcp', 'fabrikam-mcp']);
  second = await startHostProcess({ env: { ...environment(first.tenants), ...env } });
  ports.push(first.host.port, second.port);
}, 180_000);

afterAll(async () => {
  await proxy?.close();
  await second?.stop();
  await first?.stop();
  await provider?.stop();
});

const addressOf = (path: string, host = '127.0.0.1') => `http://${host}:${proxy.port}${path}`;

describe('a client that knows only the address', () => {
  it.each([
    ['2.x', '/contoso-mcp/mcp', '127.0.0.1', 'quinn@contoso', callWith2x],
    ['2.x', '/fabrikam-mcp/mcp', 'localhost', 'quinn@fabrikam', callWith2x],
    ['2.x', '/mcp', 'localhost', 'quinn@contoso', callWith2x],
    ['1.x', '/contoso-mcp/mcp', 'localhost', 'quinn@contoso', callWith1x],
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

  it('may not take its token to another tenant', async () => {
    const client = new NewClient('quinn@contoso');
    await callWith2x(addressOf('/contoso-mcp/mcp'), client);
    const response = await fetch(addressOf('/fabrikam-mcp/mcp'), {
      method: 'POST',
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${client.tokens()?.access_token}`,
      },
    });
    expect(response.status).toBe(403);
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
