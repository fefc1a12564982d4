import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../shared/app.ts';
import { entriesOf } from '../../security/audit-entries.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { WaitingEngine } from '../../support/waiting-engine.ts';
import { fetchFrom } from '../../support/whole-app.ts';
import { eras, type User } from './expert-clients.ts';
import { invoiceOf, paidOn, withPayers } from './paying-customers.ts';

/** A change that an expert proposes and that needs a second person, over two instances: each request goes to the other one. */

const origin = 'http://localhost:7071';
const payers = withPayers(4);
const payer = payers.ids.values();

let target: Target;
let apps: readonly App[];

beforeAll(async () => {
  const env = { APPROVE_ABOVE: '30' };
  target = await startTarget({ data: [payers.data, payers.data], env });
  apps = [target.app, (await target.instance(env)).app];
  const engine = new WaitingEngine(new Date());
  for (const app of apps) {
    app.jobs.connect(engine);
    engine.host = app;
  }
});
afterAll(() => target?.stop());

describe.each(eras)('a client of %s', (_era, connect) => {
  it('agrees, is told that it waits, and finds it paid once somebody else has approved it', async () => {
    const reach = (name: string, roles: readonly string[], path: string, user: User) =>
      connect({
        url: `${origin}${path}`,
        token: target.authority.mint(target.tenants[0].tid, { roles, oid: name, sub: name }),
        fetch: fetchFrom(origin, apps),
        user,
      });
    const staff = ['query', 'billing', 'agent'];
    const bill = '00000000-0000-4000-8000-00000000b111';
    const asked: string[] = [];
    const expert = await reach(bill, staff, '/agentic/mcp', (question) => {
      asked.push(question);
      return 'yes';
    });
    const tools = await reach(bill, staff, '/mcp', () => 'yes');
    const anna = await reach('00000000-0000-4000-8000-00000000a111', ['approver'], '/mcp', () => 'yes');
    const id = payer.next().value ?? expect.fail('More customers are needed.');
    const question = `Please pay 40 dollars on invoice ${invoiceOf(id)} of customer ${id}.`;

    const { data: answer, text } = await expert.call('ask_billing_expert', { question });
    expect(asked).toHaveLength(1);
    expect(answer).toMatchObject({ status: 'needs_input', actions: [] });
    expect(text).toContain('It waits for a second person to approve it');
    expect(text).not.toMatch(/^(Not done:|Done:)/);
    expect(await paidOn(tools, invoiceOf(id))).toEqual([]);

    const approval_id = /approval ([0-9a-f]{48})/.exec(text)?.[1];
    const decided = await anna.call('decide_approval', { approval_id, decision: 'approve', reason: 'Seen' });
    expect(decided.data).toMatchObject({ state: 'done' });
    expect(await paidOn(tools, invoiceOf(id))).toEqual([40]);
    await expectOneId(bill);
    await Promise.all([expert, tools, anna].map((client) => client.close()));
  });
});

/** The trail has the question, the change that the expert proposed and its user agreed to, the decision and the payment under one id. */
async function expectOneId(who: string): Promise<void> {
  const together = async () => {
    const entries = await entriesOf(target.tenants[0].slug);
    const asked = entries.findLast(({ tool, user }) => tool === 'ask_billing_expert' && user.endsWith(who));
    return entries
      .filter(({ correlationId }) => correlationId === asked?.correlationId)
      .map(({ tool, by, outcome }) => `${tool} by ${by}: ${outcome}`);
  };
  // reads are on record a moment after their answer
  await expect
    .poll(together)
    .toEqual(
      expect.arrayContaining([
        'ask_billing_expert by caller: ok',
        'pay_invoice by expert: approval_required',
        'decide_approval by caller: ok',
        'pay_invoice by expert: ok',
      ]),
    );
}
