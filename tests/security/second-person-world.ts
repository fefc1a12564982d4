import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { approvalStore } from '#platform/approvals/approval-store';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { testStorage } from '../support/azurite.ts';
import { WaitingEngine } from '../support/waiting-engine.ts';
import { type Answer, sentenceOf } from './door.ts';
import type { Era } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

/** Above it a payment needs a second person. Every test has an invoice of 90 dollars of its own. */
const above = 50;

/** A service whose payments above a limit need a second person, from before the tests of a file to their end. */
export function secondPersonWorld() {
  const payers = withPayers(40);
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
    nextInvoice();
  });

  function nextInvoice(): void {
    invoice_id = invoiceOf(payers.ids[next++] ?? expect.fail('There are too few invoices.'));
  }

  const mint = (name: string, roles: readonly string[], more: object = {}, tenant: 0 | 1 = 0) =>
    target.authority.mint(target.tenants[tenant].tid, {
      ...{ roles, oid: `00000000-0000-4000-8000-0000000000${name}`, sub: name },
      ...more,
    });
  const bill = () => mint('b1', ['query', 'billing']);
  const anna = () => mint('a1', ['approver', 'query']);
  /** Calls the tool that pays, as whoever does billing unless said. */
  const pay = (more: object = {}, era: Era = '2026-07-28', token = bill()) =>
    target.callTool(token, 'pay_invoice', { invoice_id, amount: 60, ...more }, { era });
  const storeOf = async () => approvalStore(await testStorage(), target.tenants[0].slug);

  return {
    target: () => target,
    engine: () => engine,
    invoice: () => invoice_id,
    nextInvoice,
    mint,
    bill,
    anna,
    pay,
    ask: async (...asked: Parameters<typeof pay>) => approvalIn(await pay(...asked)),
    /** As a person with a client that cannot show forms: the code of the refusal goes with the second call. */
    async decide(
      token: string,
      approval_id: string,
      decision = 'approve',
      era: Era = '2026-07-28',
      on = target,
    ) {
      const args = { approval_id, decision, reason: 'Seen the contract' };
      const first = await on.callTool(token, 'decide_approval', args, { era });
      const confirmation_code = /confirmation_code "([^"]+)"/.exec(sentenceOf(first))?.[1];
      return confirmation_code === undefined
        ? first
        : await on.callTool(token, 'decide_approval', { ...args, confirmation_code }, { era });
    },
    async paid(): Promise<number[]> {
      const { message } = await target.callTool(bill(), 'get_invoice_payments', { invoice_id });
      const { payments } = message.result?.structuredContent ?? expect.fail('The payments cannot be read.');
      return (payments as { amount: number }[]).map(({ amount }) => amount);
    },
    record: async (id: string) =>
      (await (await storeOf()).read(id))?.record ?? expect.fail('It is not on record.'),
    async change(id: string, fields: object): Promise<void> {
      const store = await storeOf();
      const found = (await store.read(id)) ?? expect.fail('There is no such approval.');
      await store.replace(found, { ...found.record, ...fields });
    },
  };
}

export function approvalIn(answer: Answer): string {
  return (
    /approval ([0-9a-f]{48})/.exec(sentenceOf(answer))?.[1] ?? expect.fail(`Nothing waits: ${answer.text}`)
  );
}
