import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { callAgreeing, currentClient, type DemoClient, formerClient } from '../../scripts/demo/clients.ts';
import { exampleCalls } from '../../seed/examples/calls.ts';
import { type Service, startService, type TestTenant, today, tokenFor } from '../support/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service?.stop();
});

/** Every client gets a tenant of its own, because an account can be unlocked once. */
const clients: readonly (readonly [string, typeof currentClient])[] = [
  ['the 2.x client (2026-07-28)', currentClient],
  ['the 1.x client (2025-11-25)', formerClient],
];

describe.each(clients)('%s', (name, connect) => {
  let client: DemoClient;
  let tenant: TestTenant;

  beforeAll(async () => {
    tenant = service.tenants[name.includes('2.x') ? 0 : 1];
    client = await connect({
      url: service.url,
      token: tokenFor(tenant, ['security']),
      agree: async () => true,
    });
  });

  afterAll(async () => {
    await client?.close();
  });

  it('speaks the newest revision it knows', () => {
    expect(name).toContain(client.era.split(' ').at(-1));
  });

  it('lists all tools in their order', async () => {
    expect(await client.toolNames()).toEqual(businessTools.map(({ name }) => name));
  });

  it('calls all tools', async () => {
    const calls = exampleCalls(businessTools, tenant.data, 0);
    expect(calls.map(({ tool }) => tool).sort()).toEqual(businessTools.map(({ name }) => name).sort());
    for (const { tool, arguments: args } of calls) {
      const answer = await callAgreeing(client, tool, args);
      expect(answer.refused, `${tool}: ${answer.text}`).toBe(false);
      expect(Object.keys(answer.data).length, tool).toBeGreaterThan(0);
      expect(answer.text, tool).toMatch(/\S/);
    }
  });
});

describe('roles', () => {
  it('decide what is listed', async () => {
    const token = tokenFor(service.tenants[0], ['query']);
    const client = await currentClient({ url: service.url, token });
    const tools = await client.toolNames();
    await client.close();
    expect(tools).toContain('get_billing_summary');
    expect(tools).not.toContain('pay_invoice');
    expect(tools).not.toContain('get_security_logs');
  });

  it('refuse a call that is made all the same', async () => {
    const token = tokenFor(service.tenants[0], ['query']);
    const client = await currentClient({ url: service.url, token });
    await expect(client.call('unlock_account', { customer_id: 254, reason: 'x' })).rejects.toThrow();
    await client.close();
  });
});

describe('tenants', () => {
  it('have different people under the same ids', async () => {
    const names = [];
    for (const tenant of service.tenants) {
      const client = await currentClient({ url: service.url, token: tokenFor(tenant, ['query']) });
      const { data } = await client.call('get_customer_detail', { customer_id: 1 });
      names.push(JSON.stringify(data));
      await client.close();
    }
    expect(names[0]).not.toBe(names[1]);
  });

  it('have data as of today', async () => {
    const client = await currentClient({ url: service.url, token: tokenFor(service.tenants[0], ['query']) });
    const { data } = await client.call('get_promotions');
    await client.close();
    const running = (data.promotions as { status: string; end_date: string }[]).filter(
      ({ status }) => status === 'running',
    );
    expect(running.length).toBeGreaterThan(0);
    expect(running.every(({ end_date }) => end_date >= today())).toBe(true);
  });
});
