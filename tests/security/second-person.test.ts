import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approvalStore } from '#platform/approvals/approval-store';
import { auditStore } from '#platform/storage/audit-store';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { testStorage } from '../support/azurite.ts';
import { WaitingEngine } from '../support/waiting-engine.ts';
import { type Answer, sentenceOf } from './door.ts';
import { canShowForms, type Era, eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

/** Above it a payment needs a second person. Every test has an invoice of 90 dollars of its own. */
const above = 50;
const payers = withPayers(40);
const takesTasks = {
  'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
};

let target: Target;
let engine: WaitingEngine;
let next = 0;
let invoice_id: number;

beforeAll(async () => {
  engine = new WaitingEngine(new Date());
  target = await startTarget({
    data: [payers.data, payers.data],
    env: { APPROVE_ABOVE: String(above), CONFIRM_PAYMENTS_ABOVE: '1000000' },
  });
  target.app.jobs.connect(engine);
  engine.host = target.app;
});
afterAll(() => target?.stop());
beforeEach(() => {
  engine.down = false;
  invoice_id = invoiceOf(payers.ids[next++] ?? expect.fail('There are too few invoices.'));
});

const mint = (name: string, roles: readonly string[], more: object = {}, tenant: 0 | 1 = 0) =>
  target.authority.mint(target.tenants[tenant].tid, {
    ...{ roles, oid: `00000000-0000-4000-8000-0000000000${name}`, sub: name },
    ...more,
  });
const bill = () => mint('b1', ['query', 'billing']);
const anna = () => mint('a1', ['approver', 'query']);

const approvalIn = (answer: Answer | string) =>
  /approval ([0-9a-f]{48})/.exec(typeof answer === 'string' ? answer : sentenceOf(answer))?.[1] ??
  expect.fail(`Nothing waits: ${typeof answer === 'string' ? answer : answer.text}`);

async function ask(more: object = {}, era: Era = '2026-07-28', token = bill()): Promise<string> {
  return approvalIn(
    await target.callTool(token, 'pay_invoice', { invoice_id, amount: 60, ...more }, { era }),
  );
}

/** As a person with a client that cannot show forms: the code of the refusal goes with the second call. */
async function decide(
  token: string,
  approval_id: string,
  decision = 'approve',
  era: Era = '2026-07-28',
): Promise<Answer> {
  const args = { approval_id, decision, reason: 'Seen the contract' };
  const first = await target.callTool(token, 'decide_approval', args, { era });
  const confirmation_code = /confirmation_code "([^"]+)"/.exec(sentenceOf(first))?.[1];
  return confirmation_code === undefined
    ? first
    : await target.callTool(token, 'decide_approval', { ...args, confirmation_code }, { era });
}

async function paid(): Promise<number[]> {
  const { message } = await target.callTool(bill(), 'get_invoice_payments', { invoice_id });
  const { payments } = message.result?.structuredContent ?? expect.fail('The payments cannot be read.');
  return (payments as { amount: number }[]).map(({ amount }) => amount);
}

const storeOf = async () => approvalStore(await testStorage(), target.tenants[0].slug);

async function change(id: string, fields: object): Promise<void> {
  const store = await storeOf();
  const found = (await store.read(id)) ?? expect.fail('There is no such approval.');
  await store.replace(found, { ...found.record, ...fields });
}

async function names(token: string, era: Era): Promise<readonly string[]> {
  const { message } = await target.rpc({ era, method: 'tools/list', token });
  return message.result?.tools?.map(({ name }) => name) ?? [];
}

describe.each(eras)('in %s', (era) => {
  it('a payment above the limit waits, is approved by somebody else, and is made once', async () => {
    const key = `mine-${era}`;
    const args = { invoice_id, amount: 60, idempotency_key: key };
    const asked = await target.callTool(bill(), 'pay_invoice', args, { era });
    expect(asked.message.result?.isError).toBe(true);
    const id = approvalIn(asked);
    expect(await paid()).toEqual([]);
    expect(sentenceOf(await target.callTool(bill(), 'pay_invoice', args, { era }))).toContain(id);

    const list = await target.callTool(anna(), 'list_approvals', {}, { era });
    expect(list.message.result?.structuredContent?.approvals).toContainEqual(
      expect.objectContaining({
        approval_id: id,
        tool: 'pay_invoice',
        arguments: expect.objectContaining({ amount: 60 }),
      }),
    );
    const read = await target.rpc({
      ...{ era, method: 'resources/read', params: { uri: `approval://${id}` }, token: anna() },
      headers: era === '2026-07-28' ? { 'mcp-name': `approval://${id}` } : {},
    });
    expect(read.text).toContain('waiting');

    const decided = await decide(anna(), id, 'approve', era);
    expect(decided.message.result?.structuredContent).toMatchObject({ state: 'done' });
    await engine.run();
    expect(await paid()).toEqual([60]);
    const again = await target.callTool(bill(), 'pay_invoice', args, { era });
    expect(again.message.result?.structuredContent).toMatchObject({ invoice_id, outstanding: 30 });
    expect(await paid()).toEqual([60]);
  });

  it('the answer says how to look it up, also when the call had no key', async () => {
    const id = await ask({}, era);
    expect(await ask({}, era), 'the same call waits once').toBe(id);
    const decided = await decide(anna(), id, 'decline', era);
    expect(decided.message.result?.structuredContent).toMatchObject({ state: 'declined' });
    const args = { invoice_id, amount: 60, idempotency_key: id };
    expect(sentenceOf(await target.callTool(bill(), 'pay_invoice', args, { era }))).toBe(
      'A second person declined this, so nothing was done. The reason: Seen the contract',
    );
    expect(await paid()).toEqual([]);
  });

  it('whoever has no such role is neither shown nor allowed anything of it', async () => {
    const id = await ask({}, era);
    for (const roles of [['query', 'billing', 'agent', 'security'], ['query'], []]) {
      const token = mint('c1', roles);
      expect(await names(token, era)).not.toContain('decide_approval');
      const { status, message } = await target.callTool(
        ...([
          token,
          'decide_approval',
          { approval_id: id, decision: 'approve', reason: 'x' },
          { era },
        ] as const),
      );
      expect(status).toBe(403);
      expect(message.error?.message).toContain('approvals.decide');
    }
    expect(await names(anna(), era)).toContain('decide_approval');
    expect(await paid()).toEqual([]);
  });

  it('whoever asked does not decide, whatever roles they have', async () => {
    const both = mint('b2', ['query', 'billing', 'approver']);
    const id = await ask({}, era, both);
    const list = await target.callTool(both, 'list_approvals', {}, { era });
    expect(JSON.stringify(list.message.result?.structuredContent)).not.toContain(id);
    for (const decision of ['approve', 'decline']) {
      expect(sentenceOf(await decide(both, id, decision, era))).toBe(
        'This is for somebody else than the one who asked for it; let another person who may do it decide.',
      );
    }
    expect(await paid()).toEqual([]);
    expect((await decide(anna(), id, 'approve', era)).message.result?.structuredContent).toMatchObject({
      state: 'done',
    });
  });

  it.each([
    ['an agent for a person', { idtyp: 'user', xms_act_fct: '11 9 3', xms_sub_fct: '2 3' }],
    ['an agent', { idtyp: 'user', xms_act_fct: '11', xms_sub_fct: '13' }],
    ['an application', { scp: undefined, idtyp: 'app' }],
  ])('%s approves nothing', async (words, claims) => {
    const id = await ask({}, era);
    const token = mint('a1', ['approver', 'query'], claims);
    const args = { approval_id: id, decision: 'approve', reason: 'x' };
    const { status, message } = await target.callTool(token, 'decide_approval', args, { era });
    expect(status).toBe(403);
    expect(message.error?.message).toContain(words);
    expect(await names(token, era)).not.toContain('list_approvals');
    expect(await paid()).toEqual([]);
  });

  it('somebody of another tenant finds nothing', async () => {
    const id = await ask({}, era);
    const stranger = mint('a1', ['approver', 'query'], {}, 1);
    const list = await target.callTool(stranger, 'list_approvals', {}, { era });
    expect(list.message.result?.structuredContent).toMatchObject({ approvals: [] });
    expect(sentenceOf(await decide(stranger, id, 'approve', era))).toMatch(/^There is no such approval/);
    expect(await paid()).toEqual([]);
  });
});

describe('nothing is paid', () => {
  it('a second time, by an approval that is brought again or by two at once', async () => {
    const id = await ask();
    const ben = mint('a2', ['approver']);
    const both = await Promise.all([decide(anna(), id), decide(ben, id), decide(anna(), id, 'decline')]);
    expect(both.some(({ message }) => message.result?.structuredContent !== undefined)).toBe(true);
    expect(sentenceOf(await decide(ben, id))).toMatch(/^This is decided or over already/);
    await engine.run();
    expect((await paid()).length).toBeLessThan(2);
  });

  it('when the arguments on record are others than those that were asked for', async () => {
    const id = await ask();
    await change(id, { input: { invoice_id, amount: 90, method: 'credit_card', idempotency_key: id } });
    expect(sentenceOf(await decide(anna(), id))).toMatch(/^What this approval is bound to was changed/);
    expect(await paid()).toEqual([]);
  });

  it('when a record says that it was approved, and by whoever asked, or with other arguments', async () => {
    const [own, other] = [await ask(), await ask({ amount: 61 })];
    const { user } = (await (await storeOf()).read(own))?.record ?? expect.fail('It is not on record.');
    const long = new Date(Date.now() - 60_000).toISOString();
    const approved = { state: 'approved', updatedAt: long, reason: 'x' };
    await change(own, { ...approved, decidedBy: user });
    await change(other, {
      ...{ ...approved, decidedBy: 'somebody' },
      input: { invoice_id, amount: 90, method: 'credit_card', idempotency_key: other },
    });
    for (const id of [own, other]) {
      await engine.raise(id, 'deciding');
    }
    await engine.run();
    expect(await paid()).toEqual([]);
    expect((await (await storeOf()).read(own))?.record.state).toBe('failed');
  });

  it('after its time, although nobody has written yet that it has expired', async () => {
    const id = await ask();
    await change(id, { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(sentenceOf(await decide(anna(), id))).toContain('Nobody decided on this until');
    expect(await paid()).toEqual([]);
  });

  it('when the invoice was paid meanwhile', async () => {
    const id = await ask();
    await target.callTool(bill(), 'pay_invoice', { invoice_id, amount: 45 });
    const { message } = await decide(anna(), id);
    expect(message.result?.structuredContent).toMatchObject({
      state: 'failed',
      result: expect.stringContaining('is outstanding'),
    });
    expect(await paid()).toEqual([45]);
  });

  it('when the limit is another one by then, or whoever asked may not do it any more', async () => {
    const id = await ask();
    const other = await target.instance({ APPROVE_ABOVE: '55' });
    other.app.jobs.connect(engine);
    const args = { approval_id: id, decision: 'approve', reason: 'x' };
    const first = await other.callTool(anna(), 'decide_approval', args);
    const confirmation_code = /confirmation_code "([^"]+)"/.exec(sentenceOf(first))?.[1];
    const second = await other.callTool(anna(), 'decide_approval', { ...args, confirmation_code });
    expect(sentenceOf(second)).toMatch(/^What this approval is bound to was changed/);

    const lost = await ask({ amount: 62 });
    await change(lost, { roles: ['query'] });
    expect((await decide(anna(), lost)).message.result?.structuredContent).toMatchObject({ state: 'failed' });
    expect(await paid()).toEqual([]);
  });

  it('little by little, or at the same time', async () => {
    await target.callTool(bill(), 'pay_invoice', { invoice_id, amount: 30 });
    expect(sentenceOf(await target.callTool(bill(), 'pay_invoice', { invoice_id, amount: 30 }))).toContain(
      'it comes to $60.00',
    );
    invoice_id = invoiceOf(payers.ids[next++] ?? 0);
    await Promise.all(
      [1, 2, 3].map(() => target.callTool(bill(), 'pay_invoice', { invoice_id, amount: 30 })),
    );
    expect(await paid()).toEqual([30]);
  });

  it('when the engine does not take the decision: then nothing is decided', async () => {
    const id = await ask();
    engine.down = true;
    expect(sentenceOf(await decide(anna(), id))).toMatch(/does not answer; try again/);
    engine.down = false;
    expect((await (await storeOf()).read(id))?.record.state).toBe('waiting');
    expect(await paid()).toEqual([]);
  });

  it('by a decision without the agreement of its person', async () => {
    const id = await ask();
    const args = { approval_id: id, decision: 'approve', reason: 'x' };
    const asked = await target.callTool(anna(), 'decide_approval', args, { meta: canShowForms });
    expect(asked.message.result?.requestState).toBeDefined();
    const answer = { confirm: { action: 'decline' } };
    const { requestState } = asked.message.result ?? {};
    const params = { requestState, inputResponses: answer };
    await target.callTool(anna(), 'decide_approval', args, { meta: canShowForms, params });
    expect((await (await storeOf()).read(id))?.record.state).toBe('waiting');
    expect(await paid()).toEqual([]);
  });
});

describe('as a task', () => {
  const begin = async () => {
    const { message } = await target.callTool(
      bill(),
      'pay_invoice',
      { invoice_id, amount: 60 },
      { meta: takesTasks },
    );
    return (message.result as unknown as { taskId: string }).taskId;
  };
  const look = (taskId: string, token = bill(), method = 'tasks/get') =>
    target.rpc({ method, params: { taskId }, token, meta: takesTasks, headers: { 'mcp-name': taskId } });

  it('it waits, ends with the answer of the call, and is nobody else’s', async () => {
    const taskId = await begin();
    expect((await look(taskId)).text).toContain('"status":"working"');
    expect((await look(taskId, mint('c1', ['query', 'billing', 'security']))).message.error?.message).toMatch(
      /^Task not found/,
    );
    await decide(anna(), taskId);
    const { message } = await look(taskId);
    expect(message.result).toMatchObject({
      status: 'completed',
      result: { structuredContent: { invoice_id, outstanding: 30 } },
    });
  });

  it('it can be called off, and then not be approved', async () => {
    const taskId = await begin();
    await look(taskId, bill(), 'tasks/cancel');
    expect((await look(taskId)).text).toContain('"status":"cancelled"');
    expect(sentenceOf(await decide(anna(), taskId))).toMatch(/^This is decided or over already/);
    expect(await paid()).toEqual([]);
  });
});

it('request, decision and payment are in the trail under one id, with both persons', async () => {
  const { headers } = await target.callTool(bill(), 'pay_invoice', {
    invoice_id,
    amount: 60,
    idempotency_key: 'trail',
  });
  const asked = await target.callTool(bill(), 'pay_invoice', {
    invoice_id,
    amount: 60,
    idempotency_key: 'trail',
  });
  await decide(anna(), approvalIn(asked));
  await target.app.close();
  const found = [];
  const { slug } = target.tenants[0];
  const since = new Date(Date.now() - 3_600_000);
  for await (const entry of auditStore(await testStorage()).read({ tenant: slug, since, now: new Date() })) {
    if (entry.correlationId === headers.get('x-correlation-id')) {
      found.push(entry);
    }
  }
  const outcomes = found.map(({ tool, outcome }) => `${tool} ${outcome}`);
  expect(outcomes).toEqual(
    expect.arrayContaining(['pay_invoice approval_required', 'decide_approval ok', 'pay_invoice ok']),
  );
  const made = found.find(({ tool, outcome }) => tool === 'pay_invoice' && outcome === 'ok');
  const decided = found.find(({ tool, outcome }) => tool === 'decide_approval' && outcome === 'ok');
  expect(made?.reason).toContain(`approved_by:${decided?.user}`);
  expect(made?.user).not.toBe(decided?.user);
});

it('neither log nor engine has anything of what was asked for', async () => {
  const id = await ask({ amount: 59.37 });
  await decide(anna(), id);
  await engine.run();
  const kept = JSON.stringify([...engine.instances]);
  for (const marker of ['59.37', 'Seen the contract', String(invoice_id)]) {
    expect(kept).not.toContain(marker);
    expect(target.logLines.join('\n')).not.toContain(marker);
  }
  expect(kept).toContain(id);
});
