import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import type { TenantId } from '#platform/identity/tenant';
import { platformTenant } from '#platform/storage/audit-store';
import type { App } from '../../shared/app.ts';
import type { Claims } from '../support/authority.ts';
import { testDataStorage } from '../support/azurite.ts';
import type { Forgery } from '../support/token-signing.ts';
import { entriesOf } from './audit-entries.ts';
import { type Door, sentenceOf } from './door.ts';
import { eras } from './door-messages.ts';
import { type StorageProxy, startStorageProxy } from './storage-proxy.ts';
import { startTarget, strangerTid, type Target } from './target.ts';

const payment = { invoice_id: 101, amount: 1 };

let proxy: StorageProxy;
let target: Target;
/** Another instance, whose way to the data has no faults. */
let direct: Door & { readonly app: App };
let tid: string;
let tenant: TenantId;
let oid: string;
let users = 0;

beforeAll(async () => {
  proxy = await startStorageProxy();
  target = await startTarget({ env: { DATA_STORAGE: proxy.connectionString } });
  direct = await target.instance({ DATA_STORAGE: testDataStorage() });
  [{ tid, slug: tenant }] = target.tenants;
  // Opens the tables, so that the faults below meet nothing but the requests they are meant for.
  await target.callTool(mint(), 'pay_invoice', payment);
  await target.app.close();
});

afterAll(async () => {
  await target?.stop();
  await proxy?.stop();
});

beforeEach(() => {
  users += 1;
  oid = `d0000000-0000-4000-8000-${String(users).padStart(12, '0')}`;
});

afterEach(() => proxy.release());

function mint(roles: readonly string[] = ['security'], claims: Claims = {}, forgery: Forgery = {}): string {
  return target.authority.mint(tid, { roles, oid, ...claims }, forgery);
}

/** What is stored now about this test's user. */
const stored = async () => (await entriesOf(tenant)).filter(({ user }) => user === `${tid}:${oid}`);

/** The same, when all that waited has been written. */
async function trail(): Promise<AuditEntry[]> {
  await target.app.close();
  return stored();
}

async function payments(): Promise<number> {
  const token = target.authority.mint(tid, { roles: ['query'] });
  const { message } = await direct.callTool(token, 'get_invoice_payments', { invoice_id: 101 });
  const { payments: list } = message.result?.structuredContent ?? expect.fail('The payments cannot be read.');
  return (list as unknown[]).length;
}

describe.each(eras)('who did what, and how it ended (%s)', (era) => {
  it.each<[string, string[], string, object, Partial<AuditEntry>]>([
    [
      'allowed',
      ['query'],
      'get_customer_detail',
      { customer_id: 1 },
      { decision: 'allowed', reason: 'role:query', outcome: 'ok' },
    ],
    [
      'failed',
      ['query', 'agent'],
      'get_customer_detail',
      { customer_id: 4_040 },
      { decision: 'allowed', reason: 'role:query+agent', outcome: 'not_found' },
    ],
    [
      'wrong',
      ['query'],
      'get_customer_detail',
      { customer_id: 'Ada' },
      { decision: 'allowed', outcome: 'invalid_input' },
    ],
    [
      'refused',
      ['query'],
      'unlock_account',
      { customer_id: 2, reason: 'x' },
      { decision: 'denied', reason: 'missing:security.write', outcome: 'refused' },
    ],
    [
      'held until the user agrees',
      ['security'],
      'unlock_account',
      { customer_id: 2, reason: 'x' },
      { decision: 'allowed', outcome: 'confirmation_required' },
    ],
    [
      'a change',
      ['billing'],
      'pay_invoice',
      payment,
      { decision: 'allowed', reason: 'role:billing', outcome: 'ok' },
    ],
  ])('%s', async (_what, roles, name, args, expected) => {
    await target.callTool(mint(roles), name, args, { era });
    expect(await trail()).toEqual([
      expect.objectContaining({
        ...expected,
        tool: name,
        tenant,
        application: 'e0000000-0000-4000-8000-00000000000e',
        by: 'caller',
        correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
    ]);
  });
});

describe('failed authentications', () => {
  it.each<[string, () => string | undefined]>([
    ['no_token', () => undefined],
    ['format', () => 'garbage'],
    ['too_long', () => 'x'.repeat(20_000)],
    ['issuer', () => target.authority.mint(strangerTid)],
    ['tenant', () => mint([], { tid: strangerTid })],
    ['audience', () => mint([], { aud: 'other' })],
    ['expired', () => mint([], { exp: 1 })],
    ['not_yet_valid', () => mint([], { nbf: 9_999_999_999 })],
    ['algorithm', () => mint([], {}, { alg: 'none' })],
    ['unknown_key', () => mint([], {}, { kid: 'unknown' })],
    ['signature', () => mint([], {}, { keysOf: strangerTid, kid: kidOf(mint()) })],
    ['not_an_access_token', () => mint([], { azp: undefined })],
    ['version', () => mint([], { ver: '1.0' })],
    ['scope', () => mint([], { scp: 'other' })],
  ])('%s', async (reason, token) => {
    const { headers } = await target.rpc({ method: 'tools/list', token: token() });
    await target.app.close();
    const id = headers.get('x-correlation-id');
    const entries = (await entriesOf(platformTenant)).filter(({ correlationId }) => correlationId === id);
    expect(entries).toEqual([
      expect.objectContaining({
        decision: 'denied',
        reason,
        outcome: 'refused',
        user: '',
        tenant: undefined,
      }),
    ]);
  });

  function kidOf(token: string): string {
    const [head = ''] = token.split('.');
    return (JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string }).kid;
  }
});

describe('what the trail does not hold', () => {
  it('values of arguments, of results, of tokens', async () => {
    const token = mint();
    const customer = { customer_id: 1 };
    const read = await target.callTool(token, 'get_customer_detail', customer);
    const { email, phone } = read.message.result?.structuredContent ?? expect.fail('nothing was read');
    await target.callTool(token, 'get_all_customers', { search: String(email) });
    await target.callTool(token, 'get_customer_detail', { customer_id: 'a wrong value' });
    await target.callTool(token, 'unlock_account', { customer_id: 2, reason: 'a reason that is private' });
    const text = JSON.stringify(await trail());
    expect(text).toContain('get_all_customers');
    // Each holds what no random id and no digest is written with, or is too long to be met by chance.
    const values = [email, phone, 'a wrong value', 'a reason that is private', token.slice(-20)].map(String);
    for (const value of values) {
      expect(value).toMatch(/[ @+]|.{20}/);
      expect(text.toLowerCase()).not.toContain(value.toLowerCase());
    }
  });

  it('but equal arguments can be recognised', async () => {
    for (const customer_id of [1, 1, 2]) {
      await target.callTool(mint(), 'get_customer_detail', { customer_id });
    }
    const [first, second, third] = (await trail()).map(({ argumentDigest }) => argumentDigest).toSorted();
    expect(new Set([first, second, third]).size).toBe(2);
  });
});

describe('a change is on record', () => {
  const onlyAudit = /\w+Audit\b/;
  const commits = /\$batch[\s\S]*Accounts/;

  it('before it happens', async () => {
    const before = await payments();
    proxy.fault = { pattern: commits, effect: 'hold' };
    const answer = target.callTool(mint(), 'pay_invoice', payment);
    await proxy.holding();
    expect(await stored()).toEqual([expect.objectContaining({ tool: 'pay_invoice', outcome: 'started' })]);
    expect(await payments()).toBe(before);
    proxy.release();
    expect((await answer).message.result?.structuredContent).toBeDefined();
    expect(await payments()).toBe(before + 1);
  });

  it('with its end before the answer', async () => {
    await target.callTool(mint(), 'pay_invoice', payment);
    expect(await stored()).toEqual([expect.objectContaining({ tool: 'pay_invoice', outcome: 'ok' })]);
  });

  it('or it does not happen', async () => {
    const before = await payments();
    proxy.fault = { pattern: onlyAudit, effect: 'fail' };
    const { message } = await target.callTool(mint(), 'pay_invoice', payment);
    expect(message.result?.isError).toBe(true);
    expect(message.result?.structuredContent).toBeUndefined();
    proxy.release();
    expect(await payments()).toBe(before);
  });

  it('also when the user had agreed', async () => {
    const unlock = { customer_id: 2, reason: 'agreed' };
    const refusal = sentenceOf(await target.callTool(mint(), 'unlock_account', unlock));
    const confirmation_code = /"([A-Z2-9-]{40})"/.exec(refusal)?.[1];
    proxy.fault = { pattern: onlyAudit, effect: 'fail' };
    const { message } = await target.callTool(mint(), 'unlock_account', { ...unlock, confirmation_code });
    expect(message.result?.isError).toBe(true);
    proxy.release();
    const logs = await target.callTool(mint(), 'get_security_logs', { customer_id: 2 });
    expect(logs.message.result?.structuredContent).toMatchObject({ locked: true });
  });
});

describe('reads', () => {
  it('are answered while the trail waits', async () => {
    proxy.fault = { pattern: /\w+Audit\b/, effect: 'hold' };
    const { message } = await target.callTool(mint(), 'get_customer_detail', { customer_id: 1 });
    expect(message.result?.structuredContent).toMatchObject({ first_name: 'Ada' });
    await proxy.holding();
    expect(await stored()).toEqual([]);
    proxy.release();
    expect(await trail()).toEqual([expect.objectContaining({ outcome: 'ok' })]);
  });

  it('that could not be written are written later', async () => {
    proxy.fault = { pattern: /\w+Audit\b/, effect: 'fail' };
    const { message } = await target.callTool(mint(), 'get_customer_detail', { customer_id: 1 });
    expect(message.result?.structuredContent).toBeDefined();
    expect(await trail()).toEqual([]);
    proxy.release();
    expect(await trail()).toHaveLength(1);
  });
});
