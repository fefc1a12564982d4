import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { approvalStore } from '#platform/approvals/approval-store';
import type { ApprovalRecord } from '#platform/approvals/record';
import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { type App, createApp } from '../../shared/app.ts';
import { readSettings } from '../../shared/settings.ts';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { doorOf, sentenceOf } from '../security/door.ts';
import { freshTenant, testStorage } from '../support/azurite.ts';
import { environment, tokenFor } from '../support/service.ts';
import { smallNow } from '../support/small-dataset.ts';
import { WaitingEngine } from '../support/waiting-engine.ts';

/** Calls wait for days: hosts come and go, and the clock is the test's. */
const hour = 3_600_000;
const payers = withPayers(8);
const tenant = { slug: freshTenant(), tid: 'a0000000-0000-4000-8000-00000000000a', data: payers.data };
const bill = tokenFor(tenant, ['query', 'billing'], 'bill');
const anna = tokenFor(tenant, ['query', 'approver'], 'anna');

let engine: WaitingEngine;
let first: App;
let next = 0;
let invoice_id: number;

beforeAll(async () => {
  await bulkWrite(await testStorage(), tenant.slug, tenant.data);
});
beforeEach(async () => {
  engine = new WaitingEngine(smallNow);
  first = await host();
  invoice_id = invoiceOf(payers.ids[next++] ?? expect.fail('There are too few invoices.'));
});
afterAll(() => first?.close());

/** A host that has the engine's turns from now on. */
async function host(env: Readonly<Record<string, string>> = {}): Promise<App> {
  const settings = readSettings({
    ...environment([tenant]),
    ...{
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
      STATE_SIGNING_KEY: 'a secret of these tests of more than 32 bytes',
    },
    ...{ APPROVE_ABOVE: '50', CONFIRM_PAYMENTS_ABOVE: '1000000', ...env },
  });
  const logger = createLogger('warn', engine.now, () => {});
  const app = await createApp({ settings, logger, now: engine.now });
  app.jobs.connect(engine);
  engine.host = app;
  return app;
}

const later = (hours: number) => new Date(engine.now().getTime() + hours * hour);

async function ask(app: App, more: object = {}): Promise<string> {
  const answer = await doorOf(app).callTool(bill, 'pay_invoice', { invoice_id, amount: 60, ...more });
  return /approval ([0-9a-f]{48})/.exec(sentenceOf(answer))?.[1] ?? expect.fail(answer.text);
}

async function decide(app: App, approval_id: string) {
  const { callTool } = doorOf(app);
  const args = { approval_id, decision: 'approve', reason: 'Seen' };
  const refused = await callTool(anna, 'decide_approval', args);
  const confirmation_code = /confirmation_code "([^"]+)"/.exec(sentenceOf(refused))?.[1];
  return await callTool(anna, 'decide_approval', { ...args, confirmation_code });
}

async function paid(app: App): Promise<number[]> {
  const { message } = await doorOf(app).callTool(bill, 'get_invoice_payments', { invoice_id });
  return ((message.result?.structuredContent?.payments ?? []) as { amount: number }[]).map(
    ({ amount }) => amount,
  );
}

const stored = async (id: string) =>
  (await approvalStore(await testStorage(), tenant.slug).read(id)) ?? expect.fail('It is not on record.');

/** As a process leaves it that ends in between. */
async function leave(id: string, fields: Partial<ApprovalRecord>): Promise<void> {
  const found = await stored(id);
  await approvalStore(await testStorage(), tenant.slug).replace(found, { ...found.record, ...fields });
}

it('a call waits for two days, over a restart and another version, and is then approved and made once', async () => {
  const id = await ask(first);
  await engine.advanceTo(later(30));
  engine.host = undefined;
  await first.close();
  await engine.advanceTo(later(10));
  const second = await host();
  await engine.advanceTo(later(10));
  expect(await paid(second)).toEqual([]);
  const third = await host({ APPROVAL_HOURS: '24' });
  expect((await decide(third, id)).message.result?.structuredContent).toMatchObject({ state: 'done' });
  await engine.advanceTo(later(48));
  expect(await paid(second)).toEqual([60]);
  expect((await engine.status(id))?.runtimeStatus).toBe('Completed');
  const again = await doorOf(second).callTool(bill, 'pay_invoice', {
    invoice_id,
    amount: 60,
    idempotency_key: id,
  });
  expect(again.message.result?.structuredContent).toMatchObject({ outstanding: 30 });
});

it('when nobody decides, it ends in one sentence after 72 hours, though timers fire early', async () => {
  engine.early = 3_900;
  const id = await ask(first);
  await engine.advanceTo(later(71.9));
  expect((await stored(id)).record.state).toBe('waiting');
  await engine.advanceTo(later(1));
  expect((await stored(id)).record.state).toBe('expired');
  expect(sentenceOf(await decide(first, id))).toContain('Nobody decided on this until');
  expect(await paid(first)).toEqual([]);
});

it('a decision whose process ended before it carried it out is carried out by the other host, once', async () => {
  const id = await ask(first);
  const second = await host();
  await engine.raise(id, 'deciding');
  await leave(id, {
    ...{ state: 'approved', decidedBy: `${tenant.tid}:anna`, reason: 'Seen' },
    updatedAt: engine.now().toISOString(),
  });
  await engine.run();
  expect(await paid(second), 'whoever decided has the first try').toEqual([]);
  await engine.advanceTo(later(0.1));
  expect(await paid(second)).toEqual([60]);
  expect((await stored(id)).record.state).toBe('done');
});

it('a process that ended after the payment and before it wrote so pays nothing twice', async () => {
  const id = await ask(first);
  await decide(first, id);
  const { state: _done, answer: _answer, ...before } = (await stored(id)).record;
  await leave(id, { ...before, state: 'approved', answer: null });
  await engine.advanceTo(later(0.1));
  expect((await stored(id)).record).toMatchObject({
    state: 'done',
    answer: { structuredContent: { outstanding: 30 } },
  });
  expect(await paid(first)).toEqual([60]);
});

it('what engine and process both left behind, the hourly timer carries out', async () => {
  const id = await ask(first);
  await leave(id, {
    ...{ state: 'approved', decidedBy: `${tenant.tid}:anna`, reason: 'Seen' },
    updatedAt: engine.now().toISOString(),
  });
  engine.host = undefined;
  await engine.advanceTo(later(1));
  await first.tidy();
  expect(await paid(first)).toEqual([60]);
});

it('a call that could not be handed to the engine can be decided on all the same', async () => {
  engine.down = true;
  const id = await ask(first);
  engine.down = false;
  expect(engine.instances.has(id)).toBe(false);
  expect((await decide(first, id)).message.result?.structuredContent).toMatchObject({ state: 'done' });
  expect(engine.instances.has(id)).toBe(true);
  expect(await paid(first)).toEqual([60]);
});

it('record and history go when their time is over', async () => {
  const id = await ask(first);
  await engine.advanceTo(later(80));
  await first.tidy();
  expect(await stored(id)).toBeDefined();
  await engine.advanceTo(later(24 * 31));
  await first.tidy();
  expect(await approvalStore(await testStorage(), tenant.slug).read(id)).toBeUndefined();
  expect(engine.instances.has(id)).toBe(false);
});
