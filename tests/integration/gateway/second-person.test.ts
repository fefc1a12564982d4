import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { callAgreeing, currentClient, formerClient } from '#scripts/demo/clients';
import { bulkWrite } from '#seed/writing/bulk';
import { type App, createApp } from '#shared/app';
import { readSettings } from '#shared/settings';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';
import { environment } from '../../support/service.ts';
import { WaitingEngine } from '../../support/waiting-engine.ts';
import { answerOf } from '../../support/whole-app.ts';
import { invoiceOf, withPayers } from '../experts/paying-customers.ts';
import { type Authority, audience, directoryId, startAuthority } from './authority.ts';
import { everyBackend, scope } from './world.ts';

/** A second person decides through the gateway, with real clients of both lines. */

const payers = withPayers(6);
const invoices = payers.ids.map(invoiceOf).values();
const backendKey = 'only the gateway of these tests knows this';
const tenant = { slug: freshTenant(), tid: directoryId('contoso'), data: payers.data };

let authority: Authority;
let app: App;
let server: HttpServer;
let gateway: Gateway;

beforeAll(async () => {
  await bulkWrite(await testStorage(), tenant.slug, tenant.data);
  authority = await startAuthority();
  const settings = readSettings({
    ...environment([tenant]),
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    STATE_SIGNING_KEY: 'a key of the tests that has at least 32 bytes',
    GATEWAY_KEY: backendKey,
    APPROVE_ABOVE: '50',
    CONFIRM_PAYMENTS_ABOVE: '1000000',
    LOG_LEVEL: 'error',
  });
  app = await createApp({ settings });
  const engine = new WaitingEngine(new Date());
  app.jobs.connect(engine);
  engine.host = app;
  server = await serveHttp((request) => answerOf(app, request));
  gateway = await startGateway({
    backends: everyBackend(`http://127.0.0.1:${server.port}`),
    namedValues: (origin) =>
      localNamedValues({ origin, authority: authority.origin, audience, scope, backendKey }),
  });
});
afterAll(async () => {
  await gateway?.stop();
  await app?.close();
  await Promise.all([server?.close(), authority?.stop()]);
});

interface Caller {
  readonly oid: string;
  readonly roles: readonly string[];
  /** Of the token, beside those of a person who uses a program. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const oid = (last: string) => `00000000-0000-4000-8000-0000000000${last}`;
const bill: Caller = { oid: oid('b1'), roles: ['query', 'billing'] };
const anna: Caller = { oid: oid('a1'), roles: ['query', 'approver'] };

describe.each([
  ['the 2.x client (2026-07-28)', currentClient],
  ['the 1.x client (2025-11-25)', formerClient],
])('through the gateway, %s', (_name, connect) => {
  async function connected({ oid: user, roles, claims }: Caller) {
    const token = await authority.token('contoso', { oid: user, sub: user, roles, ...claims });
    return await connect({ url: `${gateway.origin}/contoso-mcp/mcp`, token });
  }

  async function call(caller: Caller, tool: string, args: Record<string, unknown>) {
    const client = await connected(caller);
    try {
      return await callAgreeing(client, tool, args);
    } finally {
      await client.close();
    }
  }

  async function asked() {
    const invoice_id = invoices.next().value ?? expect.fail('There are too few invoices.');
    const payment = { invoice_id, amount: 60, idempotency_key: `key-${invoice_id}` };
    const { text } = await call(bill, 'pay_invoice', payment);
    const approval_id = /approval ([0-9a-f]{48})/.exec(text)?.[1] ?? expect.fail(text);
    const paid = async () => {
      const { data } = await call(bill, 'get_invoice_payments', { invoice_id });
      return (data.payments as { amount: number }[]).map(({ amount }) => amount);
    };
    return { payment, approval_id, paid, decision: { approval_id, decision: 'approve', reason: 'Seen' } };
  }

  it('lets a second person see what waits, decide, and see it carried out', async () => {
    const { payment, approval_id, paid, decision } = await asked();
    expect(await paid()).toEqual([]);
    const { data } = await call(anna, 'list_approvals', {});
    expect(data.approvals).toContainEqual(
      expect.objectContaining({
        approval_id,
        tool: 'pay_invoice',
        requested_by: expect.stringMatching(bill.oid),
      }),
    );
    expect((await call(anna, 'decide_approval', decision)).data).toMatchObject({ state: 'done' });
    expect(await paid()).toEqual([60]);
    expect((await call(bill, 'pay_invoice', payment)).data).toMatchObject({ outstanding: 30 });
  });

  it('refuses whoever asked, who may not approve, and programs and agents that have the role', async () => {
    const { paid, decision } = await asked();
    const own = { ...bill, roles: [...bill.roles, 'approver'] };
    const refused: readonly (readonly [string, Caller])[] = [
      ['whoever asked', own],
      ['somebody without the role', { oid: oid('c1'), roles: ['query', 'billing', 'security'] }],
      ['a program', { oid: oid('d1'), roles: ['approver'], claims: { idtyp: 'app', scp: undefined } }],
      [
        'an agent for a person',
        { oid: oid('e1'), roles: ['approver'], claims: { xms_act_fct: '11', xms_sub_fct: '7' } },
      ],
    ];
    for (const [who, caller] of refused) {
      const answer = await call(caller, 'decide_approval', decision).catch((error: Error) => ({
        ...{ refused: true, text: error.message },
      }));
      expect(answer, who).toMatchObject({ refused: true });
      expect(answer.text, who).toMatch(/person|somebody else|permission|approvals\.decide/);
    }
    expect(await paid()).toEqual([]);
    const client = await connected(anna);
    expect(await client.toolNames()).toContain('decide_approval');
    await client.close();
    const other = await connected({ oid: oid('c1'), roles: ['query', 'billing', 'security'] });
    expect(await other.toolNames()).not.toContain('decide_approval');
    await other.close();
  });
});
