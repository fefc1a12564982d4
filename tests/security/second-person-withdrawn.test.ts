import { describe, expect, it } from 'vitest';
import { auditStore } from '#platform/storage/audit-store';
import { testStorage } from '../support/azurite.ts';
import { sentenceOf } from './door.ts';
import { secondPersonWorld } from './second-person-world.ts';

/** What waits for a second person, and is taken back by the one who asked for it. */

const showsCards = {
  'io.modelcontextprotocol/clientCapabilities': {
    extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } },
  },
};
const { target, engine, nextInvoice, mint, bill, anna, pay, ask, decide, paid, record } = secondPersonWorld();

const withdraw = (approval_id: string, token = bill()) =>
  target().callTool(token, 'withdraw_request', { approval_id }, { meta: showsCards });
const over = 'The request was withdrawn, so nothing was done.';

describe('a request', () => {
  it('is over once it is withdrawn: nobody approves it, and withdrawing it again changes nothing', async () => {
    const id = await ask();
    for (const _ of ['at first', 'and again']) {
      expect((await withdraw(id)).message.result?.structuredContent).toMatchObject({
        approval_id: id,
        result: expect.stringContaining(over),
      });
    }
    const list = await target().callTool(anna(), 'list_approvals', {});
    expect(list.message.result?.structuredContent).toMatchObject({ approvals: [] });
    expect(sentenceOf(await decide(anna(), id))).toMatch(/^This is decided or over already/);
    expect(sentenceOf(await pay({ idempotency_key: id }))).toContain(over);
    await engine().run();
    expect(await paid()).toEqual([]);
    expect(await record(id)).toMatchObject({ state: 'withdrawn', decidedBy: null, answer: null });
  });

  it('is withdrawn by nobody else', async () => {
    const id = await ask();
    const others = [
      mint('c1', ['billing']),
      mint('a1', ['approver', 'billing']),
      mint('b1', ['billing'], {}, 1),
    ];
    for (const token of others) {
      expect(sentenceOf(await withdraw(id, token))).toMatch(/^You asked for no such thing/);
    }
    const reader = await withdraw(id, mint('b1', ['query', 'approver']));
    expect(sentenceOf(reader)).toContain('the permission billing.write');
    // models have no such tool
    const bare = await target().callTool(bill(), 'withdraw_request', { approval_id: id });
    expect(bare.message.error?.message).toMatch(/^Unknown tool/);
    expect((await record(id)).state).toBe('waiting');
  });

  it.each([
    ['approve', [60], 'A second person approved this.'],
    ['decline', [], 'A second person declined this'],
  ])('that somebody decided on stays as it is (%s)', async (decision, payments, words) => {
    const id = await ask();
    await decide(anna(), id, decision);
    const answer = await withdraw(id);
    expect(answer.message.result).toMatchObject({ isError: true, _meta: { failure: 'conflict' } });
    expect(sentenceOf(answer)).toContain(`so it was not withdrawn. ${words}`);
    expect(await paid()).toEqual(payments);
  });

  it('that is approved and withdrawn at the same moment is one of the two', async () => {
    for (let round = 0; round < 8; round += 1) {
      nextInvoice();
      const id = await ask();
      const args = { approval_id: id, decision: 'approve', reason: 'Seen the contract' };
      const asked = sentenceOf(await target().callTool(anna(), 'decide_approval', args));
      const confirmation_code = /confirmation_code "([^"]+)"/.exec(asked)?.[1];
      const [approval, withdrawal] = await Promise.all([
        target().callTool(anna(), 'decide_approval', { ...args, confirmation_code }),
        withdraw(id),
      ]);
      await engine().run();
      const { state } = await record(id);
      const isWithdrawn = state === 'withdrawn';
      expect(isWithdrawn || state === 'done', state).toBe(true);
      expect(withdrawal.message.result?.isError === true).toBe(!isWithdrawn);
      expect(approval.message.result?.isError === true).toBe(isWithdrawn);
      expect(await paid()).toEqual(isWithdrawn ? [] : [60]);
    }
  });
});

it('request and withdrawal are in the trail under one id', async () => {
  const asked = await pay();
  const id = /approval ([0-9a-f]{48})/.exec(sentenceOf(asked))?.[1] ?? '';
  await withdraw(id);
  await target().app.close();
  const joins = asked.headers.get('x-correlation-id');
  const outcomes: string[] = [];
  const { slug } = target().tenants[0];
  const since = new Date(Date.now() - 3_600_000);
  for await (const entry of auditStore(await testStorage()).read({ tenant: slug, since, now: new Date() })) {
    if (entry.correlationId === joins) {
      outcomes.push(`${entry.tool} ${entry.outcome}`);
    }
  }
  expect(outcomes.sort()).toEqual(['pay_invoice approval_required', 'withdraw_request ok']);
});
