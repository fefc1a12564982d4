import { describe, expect, it } from 'vitest';
import { sentenceOf } from './door.ts';
import { canShowForms } from './door-messages.ts';
import { secondPersonWorld } from './second-person-world.ts';

/** Ways in which a payment that needs a second person could be made all the same, or twice. */

const { target, engine, invoice, nextInvoice, mint, anna, pay, ask, decide, paid, record, change } =
  secondPersonWorld();

describe('nothing is paid', () => {
  it('a second time, by an approval that is brought again or by two at once', async () => {
    const id = await ask();
    const ben = mint('a2', ['approver']);
    const both = await Promise.all([decide(anna(), id), decide(ben, id), decide(anna(), id, 'decline')]);
    expect(both.some(({ message }) => message.result?.structuredContent !== undefined)).toBe(true);
    expect(sentenceOf(await decide(ben, id))).toMatch(/^This is decided or over already/);
    await engine().run();
    expect((await paid()).length).toBeLessThan(2);
  });

  it('when the arguments on record are others than those that were asked for', async () => {
    const id = await ask();
    await change(id, {
      input: { invoice_id: invoice(), amount: 90, method: 'credit_card', idempotency_key: id },
    });
    expect(sentenceOf(await decide(anna(), id))).toMatch(/^What this approval is bound to was changed/);
    expect(await paid()).toEqual([]);
  });

  it('when a record says that it was approved, and by whoever asked, or with other arguments', async () => {
    const [own, other] = [await ask(), await ask({ amount: 61 })];
    const { user } = await record(own);
    const long = new Date(Date.now() - 60_000).toISOString();
    const approved = { state: 'approved', updatedAt: long, reason: 'x' };
    await change(own, { ...approved, decidedBy: user });
    await change(other, {
      ...{ ...approved, decidedBy: 'somebody' },
      input: { invoice_id: invoice(), amount: 90, method: 'credit_card', idempotency_key: other },
    });
    for (const id of [own, other]) {
      await engine().raise(id, 'deciding');
    }
    await engine().run();
    expect(await paid()).toEqual([]);
    expect((await record(own)).state).toBe('failed');
  });

  it('after its time, although nobody has written yet that it has expired', async () => {
    const id = await ask();
    await change(id, { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(sentenceOf(await decide(anna(), id))).toContain('Nobody decided on this until');
    expect(await paid()).toEqual([]);
  });

  it('when the invoice was paid meanwhile', async () => {
    const id = await ask();
    await pay({ amount: 45 });
    const { message } = await decide(anna(), id);
    expect(message.result?.structuredContent).toMatchObject({
      state: 'failed',
      result: expect.stringContaining('is outstanding'),
    });
    expect(await paid()).toEqual([45]);
  });

  it('when the limit is another one by then, or whoever asked may not do it any more', async () => {
    const id = await ask();
    const other = await target().instance({ APPROVE_ABOVE: '55' });
    other.app.jobs.connect(engine());
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
    await pay({ amount: 30 });
    expect(sentenceOf(await pay({ amount: 30 }))).toContain('it comes to $60.00');
    nextInvoice();
    await Promise.all([1, 2, 3].map(() => pay({ amount: 30 })));
    expect(await paid()).toEqual([30]);
  });

  it('when the engine does not take the decision: then nothing is decided', async () => {
    const id = await ask();
    engine().down = true;
    expect(sentenceOf(await decide(anna(), id))).toMatch(/does not answer; try again/);
    engine().down = false;
    expect((await record(id)).state).toBe('waiting');
    expect(await paid()).toEqual([]);
  });

  it('by a decision without the agreement of its person', async () => {
    const id = await ask();
    const args = { approval_id: id, decision: 'approve', reason: 'x' };
    const asked = await target().callTool(anna(), 'decide_approval', args, { meta: canShowForms });
    expect(asked.message.result?.requestState).toBeDefined();
    const answer = { confirm: { action: 'decline' } };
    const { requestState } = asked.message.result ?? {};
    const params = { requestState, inputResponses: answer };
    await target().callTool(anna(), 'decide_approval', args, { meta: canShowForms, params });
    expect((await record(id)).state).toBe('waiting');
    expect(await paid()).toEqual([]);
  });
});
