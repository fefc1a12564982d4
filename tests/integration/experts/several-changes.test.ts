import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../shared/app.ts';
import { type Door, doorOf } from '../../security/door.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { ChatStep } from '../../support/openai-messages.ts';
import { smallDataset } from '../../support/small-dataset.ts';
import { fetchFrom } from '../../support/whole-app.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { type Connect, type ExpertClient, eras, type Said, type User } from './expert-clients.ts';
import { invoiceOf, paidOn, withPayers } from './paying-customers.ts';

/** A language model proposes several changes in one answer: the person is asked about one after the other. */

const origin = 'http://localhost:7071';
const staff = ['query', 'billing', 'agent'];
const payers = withPayers(60);
const payer = payers.ids.values();

let target: Target;
let model: FakeOpenAi;
/** Two instances; each request goes to the other one than the request before. */
let apps: readonly App[];

beforeAll(async () => {
  model = await startFakeOpenAi();
  const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_CHAT_MODEL: 'fake', TOKENS_PER_TENANT: '1000000' };
  target = await startTarget({ data: [payers.data, smallDataset], env });
  apps = [target.app, (await target.instance({})).app];
});
afterAll(async () => {
  await target?.stop();
  await model?.stop();
});

const next = (count: number) => Array.from({ length: count }, () => Number(payer.next().value));
const token = () => target.authority.mint(target.tenants[0].tid, { roles: staff });
const question = { question: 'Please pay 40 dollars on each of these invoices.' };

/** What the model says: it proposes these payments, and then its answer. */
function proposes(ids: readonly number[], ...after: readonly ChatStep[]) {
  const pay = (id: number) => ({ name: 'pay_invoice', arguments: { invoice_id: invoiceOf(id), amount: 40 } });
  model.plan({ calls: ids.map(pay) }, { text: answerText({ status: 'needs_input' }) }, ...after);
}

const says = (answer: string, status: 'done' | 'error' = 'done') => ({
  text: answerText({ answer, status }),
});

describe.each(eras)('a client of %s', (_era, connect: Connect) => {
  let clients: ExpertClient[] = [];
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    clients = [];
  });
  async function asking(user?: User) {
    const reach = { token: token(), fetch: fetchFrom(origin, apps), ...(user && { user }) };
    const client = await connect({ url: `${origin}/agentic/mcp`, ...reach });
    const tools = await connect({ url: `${origin}/mcp`, ...reach });
    clients.push(client, tools);
    return { client, tools };
  }
  /** A person who answers one question after the other. */
  function person(...answers: readonly Said[]) {
    const asked: string[] = [];
    const user: User = (text) => {
      asked.push(text);
      return answers[asked.length - 1] ?? expect.fail('Asked too often.');
    };
    return { asked, user };
  }
  const paid = (tools: ExpertClient, ids: readonly number[]) =>
    Promise.all(ids.map((id) => paidOn(tools, invoiceOf(id))));

  it('is asked about each; a no to one leaves the others, and a model says what follows', async () => {
    const ids = next(3);
    proposes(ids, says('50 dollars are left on each.'));
    const { asked, user } = person('yes', 'no', 'yes');
    const { client, tools } = await asking(user);
    const { data: answer } = await client.call('ask_billing_expert', question);
    expect(asked).toEqual(ids.map((id) => expect.stringContaining(`invoice_id ${invoiceOf(id)}, amount 40`)));
    const [first, second, third, ...said] = String(answer.answer).split('\n');
    expect([first, third]).toEqual(Array(2).fill(expect.stringMatching(/^Done: Payment \d+ is recorded/)));
    expect(second).toMatch(/^Not done, because the user did not agree: /);
    expect(said).toEqual(['', '50 dollars are left on each.']);
    expect(answer).toMatchObject({
      status: 'needs_input',
      actions: [],
      follow_up: 'What should be done instead?',
      model: 'fake-model-2026',
    });
    expect(answer).not.toHaveProperty('continue');
    expect(await paid(tools, ids)).toEqual([[40], [], [40]]);
    const last = model.chats().at(-1);
    expect(last?.tool_choice, 'it can call nothing').toBe('none');
    const results = last?.messages.flatMap(({ role, content }) => (role === 'tool' ? [String(content)] : []));
    expect(results).toEqual([
      expect.stringContaining('$50.00 of invoice'),
      expect.stringContaining('The user did not agree'),
      expect.stringContaining('"outstanding":50'),
    ]);
  });

  it('hears what a model says also when the last one was refused', async () => {
    const ids = next(2);
    proposes(ids, says('50 dollars are left on one.'));
    const { client, tools } = await asking(person('yes', 'no').user);
    const { data: answer } = await client.call('ask_billing_expert', question);
    expect(answer.answer).toMatch(/^Done: .*\nNot done, .*\n\n50 dollars are left on one\.$/);
    expect(await paid(tools, ids)).toEqual([[40], []]);
  });

  it('is asked about five at most; what is left waits, and the answer says so', async () => {
    const ids = next(7);
    proposes(ids, { status: 400 });
    const { asked, user } = person('yes', 'yes', 'no', 'no', 'no');
    const { client, tools } = await asking(user);
    const { data: answer } = await client.call('ask_billing_expert', question);
    expect(asked).toHaveLength(5);
    expect(
      String(answer.answer)
        .split('\n')
        .map((line) => line.split(/[:,]/)[0]),
    ).toEqual([
      ...['Done', 'Done', 'Not done', 'Not done', 'Not done', 'Not asked about', 'Not asked about'],
    ]);
    const waiting = ids
      .slice(5)
      .map((id) => ({ tool: 'pay_invoice', arguments: { invoice_id: invoiceOf(id) } }));
    expect(answer).toMatchObject({ status: 'needs_input', actions: waiting, continue: {}, model: 'none' });
    expect(await paid(tools, ids)).toEqual([[40], [40], [], [], [], [], []]);
  });

  it('is asked about the others when one cannot be made any more', async () => {
    const ids = next(2);
    const [settled = 0] = ids;
    const other = await asking();
    proposes(ids, says('50 dollars are left.'));
    const { client, tools } = await asking(async (text): Promise<Said> => {
      if (text.includes(`invoice_id ${invoiceOf(settled)}`)) {
        await other.tools.call('pay_invoice', { invoice_id: invoiceOf(settled), amount: 90 });
      }
      return 'yes';
    });
    const { data: answer } = await client.call('ask_billing_expert', question);
    expect(answer).toMatchObject({
      status: 'needs_input',
      answer: expect.stringMatching(/^Not done: .*\nDone: Payment/),
      actions: [{ tool: 'pay_invoice', arguments: { invoice_id: invoiceOf(settled) } }],
    });
    expect(await paid(tools, ids)).toEqual([[90], [40]]);
  });

  it.each([
    ['cannot be had', { status: 400 }],
    ['is no answer', { text: 'Fine.' }],
    ['rests on nothing', says('Everything is settled for good.')],
    ['is that it does not know', says('50 dollars, or not.', 'error')],
  ])('reads what was done when what the model says of it %s', async (_what, step) => {
    const ids = next(1);
    proposes(ids, step);
    const { client, tools } = await asking(() => 'yes');
    const { data: answer } = await client.call('ask_billing_expert', question);
    expect(answer.answer).toMatch(/^Done: Payment \d+ is recorded; \$50\.00 .*outstanding\.$/);
    expect(answer).toMatchObject({ status: 'done', model: 'none' });
    expect(await paid(tools, ids)).toEqual([[40]]);
  });

  it('whose user agrees to nothing costs no turn more', async () => {
    const ids = next(2);
    proposes(ids);
    const before = model.requests.length;
    const { client, tools } = await asking(() => 'no');
    const { data: answer } = await client.call('ask_billing_expert', question);
    expect(answer).toMatchObject({ status: 'needs_input', actions: [], model: 'none' });
    expect(model.requests.length - before).toBe(2);
    expect(await paid(tools, ids)).toEqual([[], []]);
  });

  it('that cannot ask hears after its own calls what the model says', async () => {
    const ids = next(2);
    proposes(ids, says('50 dollars are left on one.'));
    const { client, tools } = await asking();
    const { data } = await client.call('ask_billing_expert', question);
    const [first] = data.actions as { tool: string; arguments: object }[];
    await tools.call(first?.tool ?? '', first?.arguments ?? {});
    const goOn = data.continue as { tool: string; arguments: object };
    const { data: answer } = await client.call(goOn.tool, goOn.arguments);
    expect(answer).toMatchObject({
      status: 'needs_input',
      answer: expect.stringMatching(/^Done: Payment.*\nNot done yet: .*\n\n50 dollars are left on one\.$/),
      actions: [{ tool: 'pay_invoice' }],
    });
  });
});

it('an answer that comes again decides nothing, and the next question is asked again', async () => {
  const ids = next(2);
  proposes(ids, says('50 dollars are left on each.'));
  const bearer = token();
  const meta = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } } };
  const [one, other] = apps.map(doorOf);
  const ask = async (door: Door | undefined, params: object = {}) => {
    const options = { path: '/agentic/mcp', meta, params: { ...params } };
    const { message } = await (door ?? target).callTool(bearer, 'ask_billing_expert', question, options);
    return message.result as { requestState?: string; structuredContent?: { answer: string } };
  };
  const agreeTo = ({ requestState }: { requestState?: string }) => ({
    requestState,
    inputResponses: { confirm: { action: 'accept', content: { confirm: true } } },
  });
  const first = await ask(one);
  const second = await ask(other, agreeTo(first));
  expect(second.requestState).toBeDefined();
  const again = await ask(one, agreeTo(first));
  expect(again.requestState).toBeDefined();
  const { structuredContent: left } = await ask(one, { requestState: again.requestState });
  expect(left?.answer).toMatch(/^Done: Payment.*\nNot asked about: /);
  const last = await ask(other, agreeTo(second));
  expect(last.structuredContent?.answer).toMatch(/^Done: .*\nDone: .*\n\n50 dollars/);
  const { structuredContent: known } = await ask(one, agreeTo(second));
  expect(known?.answer).toMatch(/^This was decided before\. Done: /);
  for (const id of ids) {
    const payments = await target.callTool(bearer, 'get_invoice_payments', { invoice_id: invoiceOf(id) });
    expect(payments.message.result).toMatchObject({ structuredContent: { payments: [{ amount: 40 }] } });
  }
});
