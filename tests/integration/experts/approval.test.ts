import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditStore } from '#platform/storage/audit-store';
import type { App } from '../../../shared/app.ts';
import { type Door, doorOf } from '../../security/door.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { testStorage } from '../../support/azurite.ts';
import { smallDataset } from '../../support/small-dataset.ts';
import { fetchFrom } from '../../support/whole-app.ts';
import { type ExpertClient, eras, type Said, type User } from './expert-clients.ts';
import { invoiceOf, paidOn, withPayers } from './paying-customers.ts';

/** A change that an expert proposes: the person decides in the question, or later. */

const origin = 'http://localhost:7071';
const agentic = `${origin}/agentic/mcp`;
const staff = ['query', 'billing', 'agent'];
const payers = withPayers(26);

let target: Target;
/** Two instances; each request goes to the other one than the request before. */
let apps: readonly App[];
const payer = payers.ids.values();

beforeAll(async () => {
  target = await startTarget({ data: [payers.data, smallDataset] });
  apps = [target.app, (await target.instance({})).app];
});
afterAll(() => target?.stop());
afterEach(() => {
  vi.useRealTimers();
});

const tokenOf = (roles: readonly string[]) => target.authority.mint(target.tenants[0].tid, { roles });
const nextPayer = () => {
  const id = payer.next().value;
  return id === undefined ? expect.fail('More customers are needed.') : { id, invoice: invoiceOf(id) };
};
const pleaFor = ({ id, invoice }: { id: number; invoice: number }) => ({
  question: `Please pay 40 dollars on invoice ${invoice} of customer ${id}.`,
});

describe.each(eras)('a client of %s', (_era, connect) => {
  let clients: ExpertClient[] = [];
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    clients = [];
  });
  async function asking(user?: User, roles = staff, reached = apps) {
    const reach = { token: tokenOf(roles), fetch: fetchFrom(origin, reached), ...(user && { user }) };
    const client = await connect({ url: agentic, ...reach });
    const tools = await connect({ url: `${origin}/mcp`, ...reach });
    clients.push(client, tools);
    return { client, tools };
  }
  it('is asked within the question; after a yes the change is made and reported', async () => {
    const asked: string[] = [];
    const { client, tools } = await asking((question) => {
      asked.push(question);
      return 'yes';
    });
    const case1 = nextPayer();
    const { data: answer, text } = await client.call('ask_billing_expert', pleaFor(case1));
    expect(asked).toEqual([
      expect.stringMatching(new RegExp(`pay_invoice with invoice_id ${case1.invoice}, amount 40`)),
    ]);
    // Just that was asked for, and nothing was read in which others write.
    expect(asked[0]).not.toContain('Where this comes from');
    expect(answer).toMatchObject({ domain: 'billing', status: 'done', actions: [] });
    expect(text).toMatch(/^Done: Payment \d+ is recorded; \$50\.00 .* still outstanding\.$/);
    expect(answer).not.toHaveProperty('continue');
    expect(await paidOn(tools, case1.invoice)).toEqual([40]);
    const { data: after } = await client.call('ask_billing_expert', {
      question: `What does customer ${case1.id} owe now?`,
      conversation_id: answer.conversation_id,
    });
    expect(after.answer).toContain('50.00');
  });

  it('is shown where the wish for a change comes from that it did not ask for in so many words', async () => {
    const asked: string[] = [];
    const { client } = await asking((question) => {
      asked.push(question);
      return 'no';
    });
    const question = `Please pay everything that customer ${nextPayer().id} owes.`;
    await client.call('ask_billing_expert', { question });
    expect(asked).toEqual([
      expect.stringContaining(
        'Where this comes from: get_subscription_detail, where others write (invoice_id, amount).',
      ),
    ]);
  });

  it('is asked by the expert that a part was handed to, too', async () => {
    const asked: string[] = [];
    const { client, tools } = await asking((question) => {
      asked.push(question);
      return 'yes';
    });
    const case2 = nextPayer();
    const { data: answer } = await client.call('ask_product_expert', pleaFor(case2));
    expect(asked).toHaveLength(1);
    expect(answer).toMatchObject({ domain: 'product', status: 'done' });
    expect(await paidOn(tools, case2.invoice)).toEqual([40]);
  });

  it.each(['no', 'decline'] as const)('makes no change when its user says %s', async (said) => {
    const { client, tools } = await asking(() => said);
    const about = nextPayer();
    const { data: answer } = await client.call('ask_billing_expert', pleaFor(about));
    expect(answer).toMatchObject({ status: 'needs_input', actions: [] });
    expect(answer.answer).toBe('The user did not agree, so nothing was done.');
    expect(await paidOn(tools, about.invoice)).toEqual([]);
  });

  it('makes no change when its user says yes too late', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { client, tools } = await asking(() => {
      vi.setSystemTime(Date.now() + 301_000);
      return 'yes';
    });
    const about = nextPayer();
    const plea = client.call('ask_billing_expert', pleaFor(about));
    const said = await plea.then(
      ({ text }) => text,
      (error: unknown) => String(error),
    );
    expect(said).toMatch(/older than five minutes|came too late, so nothing was done/);
    expect(await paidOn(tools, about.invoice)).toEqual([]);
  });

  it('is told when it was settled meanwhile', async () => {
    const about = nextPayer();
    const other = await asking();
    const { client, tools } = await asking(async (): Promise<Said> => {
      const args = { invoice_id: about.invoice, amount: 90 };
      expect(await other.tools.call('pay_invoice', args)).toMatchObject({ refused: false });
      return 'yes';
    });
    const { data: answer } = await client.call('ask_billing_expert', pleaFor(about));
    expect(answer).toMatchObject({ status: 'error', answer: expect.stringMatching(/^Not done: /) });
    expect(await paidOn(tools, about.invoice)).toEqual([90]);
  });

  it('changes nothing when the conversation went on meanwhile', async () => {
    const about = nextPayer();
    const other = await asking();
    const first = await other.client.call('ask_billing_expert', {
      question: `What does customer ${about.id} owe?`,
    });
    const { conversation_id } = first.data;
    const { client, tools } = await asking(async (): Promise<Said> => {
      await other.client.call('ask_billing_expert', { question: 'And since when?', conversation_id });
      return 'yes';
    });
    const came = await client.call('ask_billing_expert', { ...pleaFor(about), conversation_id });
    expect(came.refused).toBe(true);
    expect(came.text).toMatch(/^No change waits in this conversation any more/);
    expect(await paidOn(tools, about.invoice)).toEqual([]);
  });

  it('that cannot ask gets the call, and a call that goes on after it', async () => {
    const { client, tools } = await asking();
    const about = nextPayer();
    const { data: answer } = await client.call('ask_billing_expert', pleaFor(about));
    const [action] = answer.actions as { tool: string; arguments: object }[];
    const goOn = answer.continue as { tool: string; arguments: object };
    expect(answer).toMatchObject({ status: 'needs_input', actions: [{ tool: 'pay_invoice' }] });
    const early = await client.call(goOn.tool, goOn.arguments);
    expect(early.data).toMatchObject({
      status: 'needs_input',
      answer: expect.stringContaining('Not done yet'),
    });
    expect(await paidOn(tools, about.invoice)).toEqual([]);
    // whoever makes the call twice pays once
    await tools.call(action?.tool ?? '', action?.arguments ?? {});
    await tools.call(action?.tool ?? '', action?.arguments ?? {});
    expect(await paidOn(tools, about.invoice)).toEqual([40]);
    const late = await client.call(goOn.tool, goOn.arguments);
    expect(late.data).toMatchObject({
      status: 'done',
      actions: [],
      answer: expect.stringMatching(/^Done: Payment/),
    });
    expect(await paidOn(tools, about.invoice)).toEqual([40]);
  });

  it('that can ask gets the call all the same where the operator wants no questions', async () => {
    const instance = await target.instance({ EXPERT_APPROVAL: 'propose' });
    const never: User = () => expect.fail('Asked.');
    const { client } = await asking(never, staff, [instance.app]);
    const { data: answer } = await client.call('ask_billing_expert', pleaFor(nextPayer()));
    expect(answer).toMatchObject({
      actions: [{ tool: 'pay_invoice' }],
      continue: { tool: 'ask_billing_expert' },
    });
  });

  it('is never asked for what its role does not allow', async () => {
    const { client, tools } = await asking(() => expect.fail('Asked.'), ['query']);
    const about = nextPayer();
    const { data: answer } = await client.call('ask_billing_expert', pleaFor(about));
    expect(answer).toMatchObject({ status: 'error', actions: [] });
    expect(await paidOn(tools, about.invoice)).toEqual([]);
  });
});

it('an agreement counts once, on whichever instance, and all of it is on record', async () => {
  const about = nextPayer();
  const caller = { oid: 'c0000000-0000-4000-8000-0000000000c4', roles: staff };
  const bearer = target.authority.mint(target.tenants[0].tid, caller);
  const meta = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } } };
  const [one, other] = apps.map(doorOf);
  const ask = (door: Door | undefined, params: object = {}) =>
    (door ?? target).callTool(bearer, 'ask_billing_expert', pleaFor(about), {
      path: '/agentic/mcp',
      meta,
      params: { ...params },
    });
  const { message: question } = await ask(one);
  const { requestState } = question.result as { requestState?: string };
  expect(requestState).toBeDefined();
  const yes = {
    requestState,
    inputResponses: { confirm: { action: 'accept', content: { confirm: true } } },
  };
  const answers = [...(await Promise.all([ask(one, yes), ask(other, yes)])), await ask(other, yes)];
  const done = answers.filter(({ text }) => text.includes('"Done: Payment'));
  expect(done.length).toBeGreaterThanOrEqual(1);
  const payments = await target.callTool(bearer, 'get_invoice_payments', { invoice_id: about.invoice });
  expect(payments.message.result).toMatchObject({ structuredContent: { payments: [{ amount: 40 }] } });
  await Promise.all(apps.map((app) => app.close()));
  const found: string[] = [];
  const now = new Date();
  const query = { tenant: target.tenants[0].slug, since: new Date(now.getTime() - 900_000), now };
  for await (const entry of auditStore(await testStorage()).read(query)) {
    if (entry.user.endsWith(caller.oid) && entry.tool === 'pay_invoice') {
      found.push(`${entry.by} ${entry.decision} ${entry.outcome}`);
    }
  }
  expect(found).toContain('expert allowed confirmation_required');
  expect(found.filter((line) => line === 'expert allowed ok')).toHaveLength(done.length);
});
