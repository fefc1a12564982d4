import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { entriesOf } from './audit-entries.ts';
import { sentenceOf } from './door.ts';
import { canShowForms, eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let oid: string;
let users = 0;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target?.stop());

beforeEach(() => {
  users += 1;
  oid = `d0000000-0000-4000-8000-${String(users).padStart(12, '0')}`;
});

const mint = () => target.authority.mint(target.tenants[0].tid, { roles: ['security'], oid });

/** What is on record of this test's user, when all that waited has been written. */
async function trail(): Promise<AuditEntry[]> {
  await target.app.close();
  const { tid, slug } = target.tenants[0];
  return (await entriesOf(slug)).filter(({ user }) => user === `${tid}:${oid}`);
}

const idsOf = (entries: readonly AuditEntry[]) => new Set(entries.map(({ correlationId }) => correlationId));

describe('what belongs together', () => {
  it('a question to an expert and the calls that it took have one id', async () => {
    const args = { question: 'What does customer 1 owe?' };
    const { headers } = await target.callTool(mint(), 'ask_billing_expert', args, { path: '/agentic/mcp' });
    const entries = await trail();
    expect(entries.map(({ by }) => by)).toEqual(expect.arrayContaining(['caller', 'expert']));
    expect(idsOf(entries)).toEqual(new Set([headers.get('x-correlation-id')]));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it('a call that was held and the one with which its user agreed have one id', async () => {
    const args = { customer_id: 2, reason: 'Identity verified' };
    const asked = await target.callTool(mint(), 'unlock_account', args, { meta: canShowForms });
    const { requestState } = asked.message.result ?? {};
    const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
    const params = { requestState, inputResponses };
    await target.callTool(mint(), 'unlock_account', args, { meta: canShowForms, params });
    const entries = await trail();
    expect(entries.map(({ outcome }) => outcome)).toEqual(['confirmation_required', 'ok']);
    expect(idsOf(entries)).toEqual(new Set([asked.headers.get('x-correlation-id')]));
  });

  it.each(eras)(
    'a call that was refused with a code and the one that brings the code have one id (%s)',
    async (era) => {
      const args = { invoice_id: 101, amount: 150 };
      const refused = await target.callTool(mint(), 'pay_invoice', args, { era });
      const [, code] = /confirmation_code "([^"]+)"/.exec(sentenceOf(refused)) ?? expect.fail('no code');
      const agreed = { ...args, confirmation_code: code };
      await target.callTool(mint(), 'pay_invoice', agreed, { era });
      await target.callTool(mint(), 'pay_invoice', agreed, { era });
      const entries = await trail();
      expect(entries.map(({ outcome }) => outcome === 'confirmation_required')).toEqual([true, false, false]);
      const [asked, carriedOut, repeated] = entries.map(({ correlationId }) => correlationId);
      expect(asked).toBe(refused.headers.get('x-correlation-id'));
      expect(carriedOut).toBe(asked);
      // a code that is not good any more joins nothing
      expect(repeated).not.toBe(asked);
      expect(new Set(entries.map(({ argumentDigest }) => argumentDigest)).size).toBe(1);
    },
  );
});
