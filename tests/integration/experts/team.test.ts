import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contoso } from '#contoso/business';
import { auditStore } from '#platform/storage/audit-store';
import { createLogger } from '#platform/telemetry/log';
import { createApp } from '#shared/composition/create-app';
import type { App } from '../../../shared/app.ts';
import { readSettings } from '../../../shared/settings.ts';
import { type Door, doorOf } from '../../security/door.ts';
import { startTarget, type Target, targetEnvironment } from '../../security/target.ts';
import { testStorage } from '../../support/azurite.ts';
import { fetchFrom, type Served } from '../../support/whole-app.ts';
import { eras } from './expert-clients.ts';

const origin = 'http://localhost:7071';
const url = `${origin}/agentic/mcp`;

let target: Target;
/** An account expert that needs a permission of its own. */
let guarded: App;
let apps: readonly Pick<App, Served>[];

beforeAll(async () => {
  target = await startTarget();
  apps = [target.app, (await target.instance({})).app];
  const experts = contoso.experts.map((expert) =>
    expert.domain === 'account' ? { ...expert, permission: 'security.read' } : expert,
  );
  guarded = await createApp({
    business: { ...contoso, experts },
    settings: readSettings(targetEnvironment(target.authority, target.tenants)),
    logger: createLogger(
      'error',
      () => new Date(),
      () => {},
    ),
  });
});
afterAll(() => target?.stop());

const locked = 'Is the account of customer 2 locked?';
const token = (...roles: string[]) => target.authority.mint(target.tenants[0].tid, { roles });

describe.each(eras)('a client of %s', (_era, connect) => {
  const asking = (roles: readonly string[], reached = apps) =>
    connect({ url, token: token(...roles), fetch: fetchFrom(origin, reached) });

  it('asks all experts through one tool, which says who answered and why', async () => {
    const client = await asking(['security']);
    const names = await client.toolNames();
    const answer = await client.call('ask_expert', { question: locked });
    const other = await client.call('ask_expert', { question: 'Which plan is customer 1 on?' });
    await client.close();
    expect(names[0]).toBe('ask_expert');
    expect(answer.data).toMatchObject({ domain: 'account', status: 'done' });
    expect(answer.data.why).toContain('locked');
    expect(answer.data).not.toHaveProperty('handed_to');
    expect(answer.told).toContain('Asking the account expert');
    expect(other.data).toMatchObject({ domain: 'product', answer: expect.stringContaining('Mobile Plan') });
  });

  it('goes on with the expert of the conversation, which hands on what is not its matter', async () => {
    const client = await asking(['security']);
    const first = await client.call('ask_expert', { question: 'What does customer 2 owe?' });
    const { conversation_id } = first.data;
    const then = await client.call('ask_expert', { question: 'And is the account locked?', conversation_id });
    await client.close();
    expect(first.data).toMatchObject({ domain: 'billing', answer: expect.stringContaining('75.50') });
    expect(then.data).toMatchObject({ domain: 'billing', status: 'done', conversation_id });
    expect(then.data.handed_to).toMatchObject([{ domain: 'account' }]);
    expect(then.text).toMatch(/customer 2 .* is locked/);
  });

  it('is led to the right expert when it asks the wrong one, and sees it', async () => {
    const client = await asking(['security']);
    const { data, told } = await client.call('ask_billing_expert', { question: locked });
    await client.close();
    expect(data).toMatchObject({
      domain: 'billing',
      status: 'done',
      answer: expect.stringMatching(/locked since 2026-03-15 11:48[\s\S]*Answered by ask_account_expert/),
      citations: ['Account Unlock Procedure'],
      handed_to: [{ domain: 'account', question: locked }],
    });
    expect(told).toEqual(
      expect.arrayContaining(['Asking the account expert', 'Looking at the security log']),
    );
  });

  it('gets one answer to matters of two experts', async () => {
    const client = await asking(['security']);
    const question = 'What does customer 2 owe, and is the account locked?';
    const { data } = await client.call('ask_expert', { question });
    await client.close();
    expect(data).toMatchObject({ domain: 'billing', status: 'done', handed_to: [{ domain: 'account' }] });
    expect(data.answer).toMatch(/owes \$75\.50[\s\S]*is locked since/);
  });

  it('gets the change proposed that the other expert would make', async () => {
    const client = await asking(['security']);
    const question = 'Please unlock customer 2: identity verified and second factor passed.';
    const { data } = await client.call('ask_billing_expert', { question });
    await client.close();
    expect(data).toMatchObject({
      status: 'needs_input',
      actions: [{ tool: 'unlock_account', arguments: { customer_id: 2 } }],
    });
  });

  it('has no more rights at another expert than it has itself', async () => {
    const client = await asking(['query']);
    const { data } = await client.call('ask_billing_expert', { question: locked });
    await client.close();
    expect(data.answer).toMatch(/Your role does not allow a look at the security log/);
    expect(data.answer).not.toContain('11:48');
  });

  it.each([
    ['ask_billing_expert', 'of an expert'],
    ['ask_expert', 'of all experts'],
  ])('never reaches an expert that it may not ask, by way of %s', async (tool) => {
    const client = await asking(['query'], [guarded]);
    const names = await client.toolNames();
    const { text, data } = await client.call(tool, { question: locked });
    await client.close();
    expect(names).not.toContain('ask_account_expert');
    expect(text).toMatch(/ask_account_expert[\s\S]*You need the permission security\.read/);
    expect(text).not.toContain('11:48');
    expect(data.status).not.toBe('done');
  });
});

it('every step is on record for the same caller, what was refused too', async () => {
  const { tid, slug } = target.tenants[0];
  const caller = { oid: 'c0000000-0000-4000-8000-0000000000c1' };
  const bearer = (...roles: string[]) => target.authority.mint(tid, { roles, ...caller });
  const ask = (door: Door, bearing: string) =>
    door.callTool(bearing, 'ask_billing_expert', { question: locked }, { path: '/agentic/mcp' });
  await ask(target, bearer('security'));
  await ask(doorOf(guarded), bearer('query'));
  await Promise.all([target.app.close(), guarded.close()]);
  const found: string[] = [];
  const store = auditStore(await testStorage());
  const now = new Date();
  for await (const entry of store.read({ tenant: slug, since: new Date(now.getTime() - 600_000), now })) {
    if (entry.user.endsWith(caller.oid) && entry.outcome !== 'started') {
      found.push(`${entry.by} ${entry.tool} ${entry.decision}`);
    }
  }
  expect(found).toEqual(
    expect.arrayContaining([
      'caller ask_billing_expert allowed',
      'expert hand_to_account_expert allowed',
      'expert get_security_logs allowed',
      'expert hand_to_account_expert denied',
    ]),
  );
});
