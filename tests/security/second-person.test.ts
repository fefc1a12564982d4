import { describe, expect, it } from 'vitest';
import { sentenceOf } from './door.ts';
import { type Era, eras } from './door-messages.ts';
import { approvalIn, secondPersonWorld } from './second-person-world.ts';

/** A payment above a limit waits for a second person, in both revisions of the protocol. */

const { target, engine, invoice, mint, bill, anna, ask, decide, paid, record } = secondPersonWorld();

async function names(token: string, era: Era): Promise<readonly string[]> {
  const { message } = await target().rpc({ era, method: 'tools/list', token });
  return message.result?.tools?.map(({ name }) => name) ?? [];
}

describe.each(eras)('in %s', (era) => {
  it('a payment above the limit waits, is approved by somebody else, and is made once', async () => {
    const key = `mine-${era}`;
    const args = { invoice_id: invoice(), amount: 60, idempotency_key: key };
    const asked = await target().callTool(bill(), 'pay_invoice', args, { era });
    expect(asked.message.result?.isError).toBe(true);
    const id = approvalIn(asked);
    expect(await paid()).toEqual([]);
    expect(sentenceOf(await target().callTool(bill(), 'pay_invoice', args, { era }))).toContain(id);

    const list = await target().callTool(anna(), 'list_approvals', {}, { era });
    expect(list.message.result?.structuredContent?.approvals).toContainEqual(
      expect.objectContaining({
        approval_id: id,
        tool: 'pay_invoice',
        requested_by_name: 'Sara Sample',
        arguments: expect.objectContaining({ amount: 60 }),
      }),
    );
    const read = await target().rpc({
      ...{ era, method: 'resources/read', params: { uri: `approval://${id}` }, token: anna() },
      headers: era === '2026-07-28' ? { 'mcp-name': `approval://${id}` } : {},
    });
    expect(read.text).toContain('waiting');

    const decided = await decide(anna(), id, 'approve', era);
    expect(decided.message.result?.structuredContent).toMatchObject({ state: 'done' });
    await engine().run();
    expect(await paid()).toEqual([60]);
    const again = await target().callTool(bill(), 'pay_invoice', args, { era });
    expect(again.message.result?.structuredContent).toMatchObject({ invoice_id: invoice(), outstanding: 30 });
    expect(await paid()).toEqual([60]);
  });

  it('the answer says how to look it up, also when the call had no key', async () => {
    const id = await ask({}, era);
    expect(await ask({}, era), 'the same call waits once').toBe(id);
    const decided = await decide(anna(), id, 'decline', era);
    expect(decided.message.result?.structuredContent).toMatchObject({ state: 'declined' });
    const args = { invoice_id: invoice(), amount: 60, idempotency_key: id };
    expect(sentenceOf(await target().callTool(bill(), 'pay_invoice', args, { era }))).toBe(
      'A second person declined this, so nothing was done. The reason: Seen the contract',
    );
    expect(await paid()).toEqual([]);
  });

  it('whoever has no such role is neither shown nor allowed anything of it', async () => {
    const id = await ask({}, era);
    for (const roles of [['query', 'billing', 'agent', 'security'], ['query'], []]) {
      const token = mint('c1', roles);
      expect(await names(token, era)).not.toContain('decide_approval');
      const { status, message } = await target().callTool(
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
    const list = await target().callTool(both, 'list_approvals', {}, { era });
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
    const { status, message } = await target().callTool(token, 'decide_approval', args, { era });
    expect(status).toBe(403);
    expect(message.error?.message).toContain(words);
    expect(await names(token, era)).not.toContain('list_approvals');
    expect(await paid()).toEqual([]);
  });

  it('somebody of another tenant finds nothing', async () => {
    const id = await ask({}, era);
    const stranger = mint('a1', ['approver', 'query'], {}, 1);
    const list = await target().callTool(stranger, 'list_approvals', {}, { era });
    expect(list.message.result?.structuredContent).toMatchObject({ approvals: [] });
    expect(sentenceOf(await decide(stranger, id, 'approve', era))).toMatch(/^There is no such approval/);
    expect(await paid()).toEqual([]);
  });
});

describe('who asked is told', () => {
  const listed = async (id: string) => {
    const { message } = await target().callTool(anna(), 'list_approvals', {});
    const approvals = message.result?.structuredContent?.approvals as Record<string, unknown>[];
    return approvals.find(({ approval_id }) => approval_id === id);
  };
  const question = async (approval_id: string) =>
    sentenceOf(
      await target().callTool(anna(), 'decide_approval', {
        approval_id,
        decision: 'approve',
        reason: 'Seen',
      }),
    );
  const asker = /^You approve what (.+) asked for: This pays/;

  it('by what their token called them, in one line without hidden characters, and by their ids; its labels say that it is untrusted', async () => {
    const id = await ask({}, '2026-07-28', mint('b1', ['query', 'billing'], { name: 'Bill\n\u202ePayer' }));
    const { requested_by, requested_by_name } = (await listed(id)) ?? {};
    expect(requested_by_name).toBe('Bill Payer');
    expect(asker.exec(await question(id))?.[1]).toBe(`Bill Payer (${requested_by})`);
    const { message } = await target().callTool(anna(), 'list_approvals', {});
    expect(message.result?._meta).toMatchObject({ ifc: { integrity: 'untrusted' } });
  });

  it('by their ids alone when their token did not say, or an earlier version put it on record', async () => {
    const nameless = { name: undefined, preferred_username: undefined };
    const id = await ask({}, '2026-07-28', mint('b1', ['query', 'billing'], nameless));
    const { requested_by, ...rest } = (await listed(id)) ?? {};
    expect(rest).not.toHaveProperty('requested_by_name');
    expect(asker.exec(await question(id))?.[1]).toBe(requested_by);
    expect(await record(id)).toMatchObject({ userName: null });
  });
});
