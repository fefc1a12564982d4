import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { apiApp } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { localTenant } from '#emulators/identity/tenants';
import { endpointsOf } from '#platform/settings';
import { accessToken, callerOf } from '#scripts/client/access';
import { currentClient, formerClient } from '#scripts/demo/clients';
import { definitionsFromSources } from '#scripts/package/ready-definitions';
import { runHostToExit, startHostProcess } from '../../support/host-process.ts';
import { type Service, startService } from '../../support/service.ts';
import { type Artifact, makeArtifact } from './artifact.ts';

let artifact: Artifact;
let provider: IdentityProvider;
let service: Service;
let origin: string;
let url: string;

/** The real functions library in the bundle finds the host through a real require; otherwise nothing is registered. */
beforeAll(async () => {
  [artifact, provider] = await Promise.all([makeArtifact(), startIdentityProvider()]);
  const env = {
    AUTH_MODE: 'jwt',
    AUTHORITY: provider.origin,
    MCP_API_AUDIENCE: apiApp.clientId,
    TROUBLESHOOT_SECONDS: '1',
  };
  const tids = [localTenant('contoso').tenantIds[0], localTenant('fabrikam').tenantIds[0]] as const;
  service = await startService({ dir: artifact.dir, env }, tids);
  origin = `http://localhost:${service.host.port}`;
  for (const endpoint of Object.values(endpointsOf(origin))) {
    provider.addResource(endpoint);
  }
  url = endpointsOf(origin).mcp;
  // while storage is slow, as after its start on a busy machine, what may be switched off is left out
  await vi.waitFor(
    async () => {
      const client = await currentClient({ url, token: await tokenOf('sara@contoso') });
      const names = await client.toolNames();
      await client.close();
      expect(names).toContain('pay_invoice');
    },
    { timeout: 60_000, interval: 500 },
  );
});

afterAll(async () => {
  await service?.stop();
  await provider?.stop();
  await artifact?.remove();
});

const tokenOf = (user: string) => accessToken(url, callerOf({ user }));

describe('the unpacked artifact', () => {
  it.each([
    ['the 2.x client', currentClient],
    ['the 1.x client', formerClient],
  ])('serves %s', async (_, connect) => {
    const client = await connect({ url, token: await tokenOf('sara@contoso') });
    expect(await client.toolNames()).toEqual(businessTools.map(({ name }) => name));
    const { data, refused } = await client.call('get_customer_detail', { customer_id: 251 });
    const found = await client.call('search_knowledge_base', { query: 'late payment fee' });
    await client.close();
    expect([refused, found.refused]).toEqual([false, false]);
    expect(data).toMatchObject({ customer_id: 251 });
  });

  it('lists the definitions that the sources give, although it has them ready', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf('sara@contoso')}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-11-25',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    });
    const [, message = ''] = /^data: (.*)$/m.exec(await response.text()) ?? [];
    const { tools } = JSON.parse(message).result;
    const computed = new Map(definitionsFromSources());
    expect(tools.length).toBe(businessTools.length);
    // with the fingerprint of each, which says that nothing else is in it
    expect(tools).toMatchObject(businessTools.map(({ name }) => computed.get(name)));
  });

  it('writes to storage', async () => {
    const { data } = service.tenants[0];
    const free = data.invoices.find(({ invoice_id }) =>
      data.payments.every((payment) => payment.invoice_id !== invoice_id),
    );
    const client = await currentClient({ url, token: await tokenOf('bill@contoso') });
    const paid = await client.call('pay_invoice', { invoice_id: free?.invoice_id, amount: 0.01 });
    await client.close();
    expect(paid).toMatchObject({ refused: false, data: { invoice_id: free?.invoice_id } });
  });

  it('runs a diagnosis to its end, with progress', async () => {
    const token = await tokenOf('sara@contoso');
    const client = await currentClient({ url: endpointsOf(origin).agentic, token });
    const steps: number[] = [];
    const diagnosis = await client.call(
      'trouble_shoot_device',
      { detail: 'Slow in the evening.', device_name: 'router-7' },
      (progress) => void steps.push(progress),
    );
    await client.close();
    expect(diagnosis).toMatchObject({ refused: false, data: { device_name: 'router-7' } });
    expect(steps.at(-1)).toBe(100);
  });

  it('tells a caller without a token where to get one', async () => {
    const response = await fetch(url, { method: 'POST' });
    expect(response.status).toBe(401);
    const metadata = /resource_metadata="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1];
    expect(await (await fetch(String(metadata))).json()).toMatchObject({ resource: url });
  });

  it.each(['live', 'ready'])('answers the health route %s', async (route) => {
    const response = await fetch(`${origin}/health/${route}`);
    expect([response.status, await response.json()]).toEqual([200, { status: route }]);
  });

  it('does not start with a wrong setting, and says which', async () => {
    const { code, output } = await runHostToExit(artifact.dir, { env: { AUTH_MODE: 'maybe' } });
    expect(code).toBe(1);
    expect(output).toMatch(/AUTH_MODE is "maybe"; it must be one of jwt/);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('answers 503 everywhere with a wrong setting, as in Azure, and names it in the log alone', async () => {
    const env = { AUTH_MODE: 'maybe' };
    const host = await startHostProcess(artifact.dir, { env, args: ['--strict'] });
    try {
      for (const path of ['/mcp', '/agentic/mcp', '/health/live', '/health/ready', '/contoso-mcp/mcp']) {
        const method = path.endsWith('mcp') ? 'POST' : 'GET';
        const response = await fetch(`${host.url}${path}`, { method });
        expect(response.status, path).toBe(503);
        expect(await response.json(), path).toEqual({
          error: 'This service is not configured. Its operator finds the setting to mend in its log.',
        });
      }
      await host.waitForOutput(/SettingsError: AUTH_MODE is "maybe"; it must be one of jwt/);
      expect(host.output()).not.toMatch(/purge-jobs|orchestrationTrigger/);
    } finally {
      await host.stop();
    }
  });

  it('believes no sender who names what the transport says', async () => {
    const response = await fetch(`${origin}/health/live?Query=harmless`);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'A query parameter has a name that is kept for the transport. Leave it out.' },
    ]);
  });
});
