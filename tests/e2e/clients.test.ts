import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAgreeing, currentClient, type DemoClient, formerClient } from '../../local/demo/clients.ts';
import { type Service, startService, type TestTenant, today, tokenFor } from '../support/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service?.stop();
});

/** One good call of every tool, in the order of the list. */
function goodCalls({ data }: TestTenant): readonly (readonly [string, Record<string, unknown>])[] {
  const invoice = data.invoices.find(
    ({ invoice_id }) =>
      !data.payments.some((paid) => paid.invoice_id === invoice_id && paid.status !== 'failed'),
  );
  const subscription = data.subscriptions[0];
  if (invoice === undefined || subscription === undefined)
    throw new Error('The seed lacks what the calls need.');
  const { subscription_id, customer_id } = subscription;
  return [
    ['get_all_customers', { limit: 5 }],
    ['get_customer_detail', { customer_id }],
    ['get_subscription_detail', { subscription_id: String(subscription_id) }],
    ['get_invoice_payments', { invoice_id: invoice.invoice_id }],
    ['get_billing_summary', { customer_id }],
    ['pay_invoice', { invoice_id: invoice.invoice_id, amount: 0.01, idempotency_key: crypto.randomUUID() }],
    [
      'get_data_usage',
      { subscription_id, start_date: '2025-01-01', end_date: '2025-12-31', aggregate: true },
    ],
    ['get_promotions', {}],
    ['get_eligible_promotions', { customer_id }],
    ['get_products', { category: 'mobile' }],
    ['get_product_detail', { product_id: 1 }],
    ['get_customer_orders', { customer_id: 256 }],
    ['get_support_tickets', { customer_id: 257, open_only: true }],
    [
      'create_support_ticket',
      {
        customer_id,
        subscription_id,
        category: 'billing',
        priority: 'low',
        subject: 'A question',
        description: 'What is this?',
      },
    ],
    ['update_subscription', { subscription_id, update: { roaming_enabled: !subscription.roaming_enabled } }],
    ['search_knowledge_base', { query: 'late payment fee' }],
    ['get_security_logs', { customer_id: 254 }],
    ['unlock_account', { customer_id: 254, reason: 'Identity checked by phone.' }],
  ];
}

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

  it('lists all eighteen tools in their order', async () => {
    expect(await client.toolNames()).toEqual(goodCalls(tenant).map(([tool]) => tool));
  });

  it('calls all eighteen tools', async () => {
    for (const [tool, args] of goodCalls(tenant)) {
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
