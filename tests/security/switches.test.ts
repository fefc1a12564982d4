import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Stoppable } from '#platform/access/switches';
import type { TenantId } from '#platform/identity/tenant';
import { switchStore } from '#platform/storage/switch-store';
import { turnSwitch } from '#scripts/switch/turn';
import { testDataStorage, testStorage } from '../support/azurite.ts';
import { entriesOf } from './audit-entries.ts';
import { type Door, sentenceOf } from './door.ts';
import { canShowForms, eras } from './door-messages.ts';
import { type StorageProxy, startStorageProxy } from './storage-proxy.ts';
import { startTarget, type Target } from './target.ts';

/** Which a running instance has to follow within five seconds. */
const followed = { interval: 250 };

let proxy: StorageProxy;
let target: Target;
beforeAll(async () => {
  proxy = await startStorageProxy();
  target = await startTarget({ env: { DATA_STORAGE: testDataStorage() } });
});
afterAll(async () => {
  await target?.stop();
  await proxy?.stop();
});

/** Which has read no switches yet. */
let door: Door;
beforeEach(async () => {
  door = await instance();
});
afterEach(async () => {
  proxy.release();
  const store = switchStore(await testStorage());
  for (const off of await store.read()) {
    if (off.tenant === target.tenants[0].slug) {
      await store.remove(off);
    }
  }
});

/** Another one, which knows the keys of the identity provider. */
async function instance(env: Readonly<Record<string, string>> = {}) {
  const started = await target.instance(env);
  await expect.poll(async () => (await started.app.ready()).status, followed).toBe(200);
  return started;
}

const mint = (roles = ['security'], tenant: 0 | 1 = 0) =>
  target.authority.mint(target.tenants[tenant].tid, { roles });

async function turn(what: Stoppable, to: 'on' | 'off' = 'off', tenant: TenantId = target.tenants[0].slug) {
  const because = { by: 'ada', reason: 'wrong amounts' };
  await turnSwitch(await testStorage(), { tenant, what, to, ...because }, () => new Date());
}

type Ways = Partial<Parameters<Door['rpc']>[0]>;

async function toolsAt(more: Ways = {}, at: Door = door, token = mint()): Promise<readonly string[]> {
  const { status, text, message } = await at.rpc({ method: 'tools/list', token, ...more });
  expect(status, text).toBe(200);
  return (message.result?.tools ?? []).map(({ name }) => name);
}

const payment = { invoice_id: 101, amount: 1 };
const experts = { path: '/agentic/mcp' };
const plea = { question: 'Please pay 1 dollar on invoice 101 of customer 1.' };

describe.each(eras)('a tool that is off (%s)', (era) => {
  const pay = (at: Door, more: Ways = {}, token = mint()) =>
    at.callTool(token, 'pay_invoice', payment, { era, ...more });

  it('is in no list, and a call says so and changes nothing', async () => {
    const before = await toolsAt({ era }, await instance());
    await turn('tool:pay_invoice');
    expect(await toolsAt({ era })).toEqual(before.filter((name) => name !== 'pay_invoice'));
    const answer = await pay(door);
    expect(answer.message.result?.isError).toBe(true);
    expect(sentenceOf(answer)).toContain('switched this off');
    expect(answer.message.result?.structuredContent).toBeUndefined();
  });

  it('stays off whatever a client sends', async () => {
    await turn('tool:pay_invoice');
    const { slug } = target.tenants[1];
    const headers = {
      'x-tenant': slug,
      'x-tenant-id': target.tenants[1].tid,
      'x-plan': 'premium',
      'x-switches': 'off',
      'x-switch': 'pay_invoice=on',
      'x-tools': 'pay_invoice',
    };
    const meta = { switches: { version: 0 }, tenant: slug, tools: ['pay_invoice'] };
    expect(await toolsAt({ era, headers, meta })).not.toContain('pay_invoice');
    expect(sentenceOf(await pay(door, { headers, meta }))).toContain('switched this off');
    const inArguments = { ...payment, switches: {}, tenant: slug };
    expect(sentenceOf(await door.callTool(mint(), 'pay_invoice', inArguments, { era }))).toContain(
      'switched this off',
    );
  });

  it('is on for another tenant', async () => {
    await turn('tool:pay_invoice');
    const token = mint(['security'], 1);
    expect(await toolsAt({ era }, door, token)).toContain('pay_invoice');
    expect((await pay(door, {}, token)).message.result?.structuredContent).toBeDefined();
  });

  it('is off, and on again, at an instance that runs, whose answers are kept', async () => {
    expect(await toolsAt({ era })).toContain('pay_invoice');
    await turn('tool:pay_invoice');
    await expect.poll(() => toolsAt({ era }), followed).not.toContain('pay_invoice');
    expect(sentenceOf(await pay(door))).toContain('switched this off');
    await turn('tool:pay_invoice', 'on');
    await expect.poll(() => toolsAt({ era }), followed).toContain('pay_invoice');
    expect((await pay(door)).message.result?.structuredContent).toBeDefined();
  }, 180_000);

  it('is on record as refused by the switch, and so is who turned it and why', async () => {
    const one = await instance();
    await turn('tool:pay_invoice');
    const { headers } = await pay(one);
    await one.app.close();
    const entries = await entriesOf(target.tenants[0].slug);
    expect(entries.filter(({ correlationId }) => correlationId === headers.get('x-correlation-id'))).toEqual([
      expect.objectContaining({ decision: 'denied', reason: 'switched_off:tool:pay_invoice' }),
    ]);
    expect(entries).toContainEqual(
      expect.objectContaining({
        tool: 'switch/off',
        user: 'operator:ada',
        reason: 'tool:pay_invoice: wrong amounts',
        outcome: 'ok',
      }),
    );
  });
});

describe.each(eras)('at the experts (%s)', (era) => {
  it('an expert that is off is not listed, not asked and not chosen', async () => {
    await turn('expert:billing');
    const listed = await toolsAt({ era, ...experts });
    expect(listed).toContain('ask_account_expert');
    expect(listed).not.toContain('ask_billing_expert');
    const question = { question: 'What does customer 1 owe?' };
    const asked = await door.callTool(mint(), 'ask_billing_expert', question, { era, ...experts });
    expect(sentenceOf(asked)).toContain('switched this off');
    const { message } = await door.callTool(mint(), 'ask_expert', question, { era, ...experts });
    expect(message.result?.structuredContent?.answered_by).not.toBe('ask_billing_expert');
  });

  it('a tool that is off is used by no expert, which says so', async () => {
    const one = await instance();
    await turn('tool:pay_invoice');
    const answer = await one.callTool(mint(), 'ask_billing_expert', plea, { era, ...experts });
    await one.app.close();
    const id = answer.headers.get('x-correlation-id');
    const made = (await entriesOf(target.tenants[0].slug)).filter(
      ({ correlationId, by }) => correlationId === id && by === 'expert',
    );
    expect(made).toContainEqual(
      expect.objectContaining({ tool: 'pay_invoice', reason: 'switched_off:tool:pay_invoice' }),
    );
    expect(answer.text).toContain('The operator has switched this off');
    // and not that the role is to blame
    expect(answer.text).not.toContain('Your role');
    expect(answer.text).not.toContain('An expert proposes');
  });
});

describe.each(eras)('all at once (%s)', (era) => {
  it('changes that are off leave the reads', async () => {
    await turn('changes');
    const listed = await toolsAt({ era });
    expect(listed).toContain('get_billing_summary');
    for (const name of ['pay_invoice', 'unlock_account', 'create_support_ticket', 'update_subscription']) {
      expect(listed).not.toContain(name);
    }
    const refused = await door.callTool(mint(), 'pay_invoice', payment, { era });
    expect(sentenceOf(refused)).toContain('switched off all changes');
    expect(await toolsAt({ era, ...experts })).toContain('ask_billing_expert');
  });

  it('a tenant that is off is offered nothing', async () => {
    await turn('everything');
    expect(await toolsAt({ era })).toEqual([]);
    expect(await toolsAt({ era, ...experts })).toEqual([]);
    const { message } = await door.rpc({ era, method: 'prompts/list', token: mint() });
    expect(message.result).toMatchObject({ prompts: [] });
    const read = await door.rpc({ era, method: 'resources/list', token: mint() });
    expect(read.message.result).toMatchObject({ resources: [] });
    const prompt = { name: 'explain_invoice', arguments: { customer_id: '1', invoice_id: '101' } };
    const got = await door.rpc({ era, method: 'prompts/get', params: prompt, token: mint() });
    expect(got.message.error?.message).toContain('switched this service off');
    expect(await toolsAt({ era }, door, mint(['security'], 1))).not.toEqual([]);
  });
});

it('a change whose user agreed after the turn is not made', async () => {
  const args = { customer_id: 2, reason: 'Identity verified' };
  const asked = await door.callTool(mint(), 'unlock_account', args, { meta: canShowForms });
  const { requestState } = asked.message.result ?? {};
  expect(requestState).toBeDefined();
  await turn('tool:unlock_account');
  const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
  const params = { requestState, inputResponses };
  const other = await instance();
  const agreed = await other.callTool(mint(), 'unlock_account', args, { meta: canShowForms, params });
  expect(sentenceOf(agreed)).toContain('switched this off');
});

describe('storage that does not say what is off', () => {
  const onlySwitches = /\w*Switches\b/;

  it('means reads and no changes, at an instance that never could read it', async () => {
    proxy.fault = { pattern: onlySwitches, effect: 'fail' };
    const one = await instance({ DATA_STORAGE: proxy.connectionString });
    const listed = await toolsAt({}, one);
    expect(listed).toContain('get_customer_detail');
    expect(listed).not.toContain('pay_invoice');
    const answer = await one.callTool(mint(), 'pay_invoice', payment);
    expect(sentenceOf(answer)).toContain('cannot be read at the moment');
    const said = await one.callTool(mint(), 'ask_billing_expert', plea, experts);
    expect(said.text).toContain('Whether changes are switched off cannot be read');
    const read = await one.callTool(mint(), 'get_customer_detail', { customer_id: 1 });
    expect(read.message.result?.structuredContent).toBeDefined();
    proxy.release();
    await expect.poll(() => toolsAt({}, one), followed).toContain('pay_invoice');
  });

  it.each(['fail', 'hold', 'garble'] as const)(
    'leaves what was off, and stops changes (%s)',
    async (effect) => {
      await turn('tool:get_products');
      const one = await instance({ DATA_STORAGE: proxy.connectionString });
      expect(await toolsAt({}, one)).toContain('pay_invoice');
      proxy.fault = { pattern: onlySwitches, effect };
      await expect.poll(() => toolsAt({}, one), followed).not.toContain('pay_invoice');
      const listed = await toolsAt({}, one);
      expect(listed).toContain('get_customer_detail');
      expect(listed).not.toContain('get_products');
    },
    60_000,
  );
});
