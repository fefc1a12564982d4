import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../seed/writing/dataset.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { aCustomer, anInvoice, aSubscription } from '../support/small-records.ts';
import { sentenceOf } from './door.ts';
import { eras } from './door-messages.ts';
import { markedDataset } from './markers.ts';
import { startTarget, type Target } from './target.ts';

/** Ids that only the second tenant has. */
const theirs = { customer: 900, subscription: 9_001, invoice: 90_001 };

const theirData: Dataset = markedDataset('theirs', {
  ...smallDataset,
  customers: [...smallDataset.customers, aCustomer({ customer_id: theirs.customer })],
  subscriptions: [
    ...smallDataset.subscriptions,
    aSubscription({ subscription_id: theirs.subscription, customer_id: theirs.customer }),
  ],
  invoices: [
    ...smallDataset.invoices,
    anInvoice({ invoice_id: theirs.invoice, subscription_id: theirs.subscription }),
  ],
});

let target: Target;
let token: string;
let theirToken: string;

beforeAll(async () => {
  target = await startTarget({ data: [smallDataset, theirData] });
  const [ours, other] = target.tenants;
  token = target.authority.mint(ours.tid, { roles: ['security'] });
  theirToken = target.authority.mint(other.tid, { roles: ['security'] });
});

afterAll(() => target?.stop());

/** Every way to write whose data is meant. */
const claims = () => {
  const { slug, tid } = target.tenants[1];
  return { tenant: slug, tenant_id: tid, tid, tenantId: slug, user: 'admin', oid: 'x', roles: ['security'] };
};

describe.each(eras)('a tenant or user in the request (%s)', (era) => {
  it('as an argument is refused, field by field', async () => {
    for (const [field, value] of Object.entries(claims())) {
      const args = { customer_id: 1, [field]: value };
      const { message, text } = await target.callTool(token, 'get_customer_detail', args, { era });
      expect(message.result?.isError).toBe(true);
      expect(text).not.toContain('theirs');
    }
  });

  it('inside an argument is refused', async () => {
    const args = { subscription_id: 11, update: { roaming_enabled: true, ...claims() } };
    const answer = await target.callTool(token, 'update_subscription', args, { era });
    expect(sentenceOf(answer)).toMatch(/update: has unknown fields/);
  });

  it('in _meta, beside the arguments or in the message changes nothing', async () => {
    const honest = await target.callTool(token, 'get_customer_detail', { customer_id: 1 }, { era });
    const more = {
      era,
      params: claims(),
      meta: { ...claims(), principal: claims(), authInfo: { extra: { principal: claims() } } },
    };
    const smuggled = await target.callTool(token, 'get_customer_detail', { customer_id: 1 }, more);
    expect(smuggled.message).toEqual(honest.message);
    expect(honest.message.result?.structuredContent).toMatchObject({ first_name: 'Ada' });
  });

  it('in a prototype changes nothing', async () => {
    const body = (args: string) =>
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_customer_detail","arguments":${args}}}`;
    const { text } = await target.send({
      token,
      headers: { 'mcp-protocol-version': '2025-11-25' },
      body: body(`{"customer_id":1,"__proto__":{"tenant":"${target.tenants[1].slug}"}}`),
    });
    expect(text).not.toContain('theirs');
    expect(Object.prototype).not.toHaveProperty('tenant');
  });

  it.each(['theirs', '../theirs', 9_007_199_254_740_991, '\r\nX-Tenant-Id: theirs'])(
    'in a progress token (%j) changes nothing',
    async (progressToken) => {
      const more = { era, meta: { progressToken } };
      const { status, message } = await target.callTool(
        token,
        'get_customer_detail',
        { customer_id: 1 },
        more,
      );
      expect(status).toBe(200);
      expect(message.result?.structuredContent).toMatchObject({ first_name: 'Ada' });
    },
  );
});

describe("ids of the other tenant's records", () => {
  const calls = (ids: typeof theirs): readonly (readonly [string, Record<string, unknown>])[] => [
    ['get_customer_detail', { customer_id: ids.customer }],
    ['get_billing_summary', { customer_id: ids.customer }],
    ['get_security_logs', { customer_id: ids.customer }],
    ['get_customer_orders', { customer_id: ids.customer }],
    ['get_support_tickets', { customer_id: ids.customer }],
    ['get_eligible_promotions', { customer_id: ids.customer }],
    ['unlock_account', { customer_id: ids.customer, reason: 'none' }],
    ['get_subscription_detail', { subscription_id: ids.subscription }],
    [
      'get_data_usage',
      { subscription_id: ids.subscription, start_date: '2026-03-01', end_date: '2026-03-02' },
    ],
    ['update_subscription', { subscription_id: ids.subscription, update: { roaming_enabled: true } }],
    ['get_invoice_payments', { invoice_id: ids.invoice }],
    ['pay_invoice', { invoice_id: ids.invoice, amount: 1 }],
  ];

  it('exist for their owner', async () => {
    const answer = await target.callTool(theirToken, 'get_customer_detail', { customer_id: theirs.customer });
    expect(answer.text).toContain('theirs');
  });

  it.each(calls(theirs))('%s %j: as unknown as an id that nobody has', async (name, args) => {
    const nobody = Object.fromEntries(
      Object.entries(theirs).map(([kind, value]) => [kind, value + 7]),
    ) as typeof theirs;
    const nobodys = calls(nobody).find(([other]) => other === name)?.[1];
    const answer = await target.callTool(token, name, args);
    expect(answer.message.result?.isError).toBe(true);
    expect(answer.text).not.toContain('theirs');
    const asForNobody = sentenceOf(await target.callTool(token, name, nobodys)).replace(/\d+/g, '#');
    expect(sentenceOf(answer).replace(/\d+/g, '#')).toBe(asForNobody);
  });

  it('nothing of it was changed', async () => {
    const args = { subscription_id: theirs.subscription };
    const { message } = await target.callTool(theirToken, 'get_subscription_detail', args);
    expect(message.result?.structuredContent).toMatchObject({
      roaming_enabled: false,
      invoices: [{ payments: [] }],
    });
  });
});

describe('cursors', () => {
  const page = (whose: string, args: Record<string, unknown>) =>
    target.callTool(whose, 'get_all_customers', { limit: 1, ...args });

  it('of another tenant lead only through the own list', async () => {
    const first = await page(theirToken, {});
    const cursor = first.message.result?.structuredContent?.next_cursor;
    expect(cursor).toEqual(expect.any(String));
    const answer = await page(token, { cursor });
    expect(answer.message.result?.structuredContent).toMatchObject({ customers: [{ first_name: 'Ben' }] });
    expect(answer.text).not.toContain('theirs');
  });

  it.each([
    ['of a place outside', { v: 1, after: -1, search: '' }],
    ['with a filter in it', { v: 1, after: "0' or PartitionKey ge '", search: '' }],
    ['with a table in it', { v: 1, after: 1, search: '', table: 'theirs', tenant: 'theirs' }],
  ])('made up, %s, are refused', async (_what, content) => {
    const cursor = Buffer.from(JSON.stringify(content)).toString('base64url');
    const answer = await page(token, { cursor });
    expect(sentenceOf(answer)).toMatch(/cursor/);
    expect(answer.message.result?.isError).toBe(true);
  });
});
