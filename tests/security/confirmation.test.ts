import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Claims } from '../support/authority.ts';
import { smallNow } from '../support/small-dataset.ts';
import { type Answer, sentenceOf } from './door.ts';
import { canShowForms, type Era } from './door-messages.ts';
import { signingKey, startTarget, type Target } from './target.ts';

/** A payment that its user has to agree to, and can be made more than once. */
const payment = { invoice_id: 101, amount: 1 };
const otherUser: Claims = { oid: 'd2222222-2222-4222-8222-222222222222' };

let target: Target;
let token: string;
/** Payments of the two tenants before the attack. */
let paid: readonly [number, number];

beforeAll(async () => {
  target = await startTarget({ env: { CONFIRM_PAYMENTS_ABOVE: '0' } });
});

afterAll(() => target?.stop());

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: smallNow });
  token = mint(0);
  paid = [await payments(), await payments(mint(1))];
});

afterEach(() => {
  vi.useRealTimers();
});

const mint = (tenant: 0 | 1, claims: Claims = {}) =>
  target.authority.mint(target.tenants[tenant].tid, { roles: ['security'], ...claims });
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

async function payments(whose = token): Promise<number> {
  const { message } = await target.callTool(whose, 'get_invoice_payments', { invoice_id: 101 });
  const { payments: list } = message.result?.structuredContent ?? expect.fail('The payments cannot be read.');
  return (list as unknown[]).length;
}

async function expectNothingPaid(): Promise<void> {
  vi.setSystemTime(smallNow);
  expect(await payments(mint(0))).toBe(paid[0]);
  expect(await payments(mint(1))).toBe(paid[1]);
}

/** The sentence that a call is refused with. */
function refusalOf(answer: Answer): string {
  expect(answer.message.result?.structuredContent).toBeUndefined();
  return answer.message.error?.message ?? sentenceOf(answer);
}

/** Proofs that a user agreed, and how an attacker comes by one; the same attacks hold for both. */
const proofs = [
  {
    proof: 'a requestState of an answered question',
    async obtain(args: object = payment, name = 'pay_invoice') {
      const { message } = await target.callTool(token, name, args, { meta: canShowForms });
      expect(message.result?.inputRequests).toBeDefined();
      return String(message.result?.requestState);
    },
    redeem: (state: string, { whose = token, name = 'pay_invoice', args = payment as object } = {}) =>
      target.callTool(whose, name, args, {
        meta: canShowForms,
        params: { requestState: state, ...agreement },
      }),
  },
  {
    proof: 'a confirmation code',
    async obtain(args: object = payment, name = 'pay_invoice') {
      const sentence = sentenceOf(await target.callTool(token, name, args));
      return /"([A-Z2-9-]{40})"/.exec(sentence)?.[1] ?? expect.fail(`no code in: ${sentence}`);
    },
    redeem: (code: string, { whose = token, name = 'pay_invoice', args = payment as object } = {}) =>
      target.callTool(whose, name, { ...args, confirmation_code: code }),
  },
] as const;

const agreement = { inputResponses: { confirm: { action: 'accept', content: { confirm: true } } } };

describe.each(proofs)('$proof', ({ obtain, redeem }) => {
  it('lets exactly this call happen', async () => {
    const answer = await redeem(await obtain());
    expect(answer.message.result?.structuredContent).toMatchObject({ invoice_id: 101 });
    expect(await payments()).toBe(paid[0] + 1);
  });

  it('cannot be used twice', async () => {
    const proof = await obtain();
    await redeem(proof);
    refusalOf(await redeem(proof));
    expect(await payments()).toBe(paid[0] + 1);
  });

  it('used by ten at once lets one of them through', async () => {
    const proof = await obtain();
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(proof)));
    expect(answers.filter(({ message }) => message.result?.structuredContent !== undefined)).toHaveLength(1);
    expect(await payments()).toBe(paid[0] + 1);
  });

  it('cannot be used twice on two instances', async () => {
    const proof = await obtain();
    const other = await target.instance({});
    await redeem(proof);
    const args = { ...payment, confirmation_code: proof };
    const replayed = proof.includes('.')
      ? await other.callTool(token, 'pay_invoice', payment, {
          meta: canShowForms,
          params: { requestState: proof, ...agreement },
        })
      : await other.callTool(token, 'pay_invoice', args);
    refusalOf(replayed);
    expect(await payments()).toBe(paid[0] + 1);
  });

  it.each([
    ['another user of the tenant', () => mint(0, otherUser)],
    ['the same user id in another tenant', () => mint(1)],
  ])('stolen by %s is refused', async (_who, thief) => {
    refusalOf(await redeem(await obtain(), { whose: thief() }));
    await expectNothingPaid();
  });

  it.each([
    ['more money', { ...payment, amount: 30 }],
    ['another invoice', { ...payment, invoice_id: 102 }],
    ['another way to pay', { ...payment, method: 'paypal' }],
  ])('is no good for %s', async (_what, args) => {
    refusalOf(await redeem(await obtain(), { args }));
    await expectNothingPaid();
  });

  it('is no good for another tool', async () => {
    const proof = await obtain();
    const args = { customer_id: 2, reason: 'none' };
    refusalOf(await redeem(proof, { name: 'unlock_account', args }));
    const { message } = await target.callTool(token, 'get_security_logs', { customer_id: 2 });
    expect(message.result?.structuredContent).toMatchObject({ locked: true });
    await expectNothingPaid();
  });

  it('expires', async () => {
    const proof = await obtain();
    later(361);
    refusalOf(await redeem(proof));
    await expectNothingPaid();
  });

  it('of another signing key is refused', async () => {
    const forger = await target.instance({ STATE_SIGNING_KEY: `${signingKey} and more` });
    const forged = await forger.callTool(token, 'pay_invoice', payment, {
      meta: proofs[0].obtain === obtain ? canShowForms : {},
    });
    const proof =
      forged.message.result?.requestState ?? /"([A-Z2-9-]{40})"/.exec(sentenceOf(forged))?.[1] ?? 'none';
    expect(proof).not.toBe('none');
    refusalOf(await redeem(proof));
    await expectNothingPaid();
  });

  it('with any character changed is refused', async () => {
    const proof = await obtain();
    const step = Math.max(1, Math.floor(proof.length / 12));
    // The last character of a Base64 text may hold bits that mean nothing; the one before it does not.
    for (let position = 0; position < proof.length - 1; position += step) {
      const changed = proof.slice(0, position) + other(proof.charAt(position)) + proof.slice(position + 1);
      refusalOf(await redeem(changed));
    }
    await expectNothingPaid();
  });

  it.each(['', 'x', '.', 'v1..', 'AAAA-AAAA-AAAA-AAAA-AAAA', '../../x', 'e30.e30', '\u0000'.repeat(24)])(
    'made up as %j is refused',
    async (made) => {
      refusalOf(await redeem(made));
      await expectNothingPaid();
    },
  );
});

/** Another character of the alphabets of both proofs. */
const other = (character: string) => (character === 'K' ? 'M' : 'K');

describe('agreement that nobody gave', () => {
  it.each<[string, Era, Record<string, unknown>]>([
    ['an answer to no question', '2026-07-28', agreement],
    ['an answer to no question', '2025-11-25', agreement],
    ['confirm as an argument', '2026-07-28', { confirm: true }],
  ])('%s (%s) runs nothing', async (_what, era, params) => {
    const answer = await target.callTool(token, 'pay_invoice', payment, {
      era,
      params,
      meta: era === '2026-07-28' ? canShowForms : {},
    });
    expect(answer.message.result?.structuredContent).toBeUndefined();
    await expectNothingPaid();
  });

  it.each([
    ['declined', { action: 'decline' }],
    ['cancelled', { action: 'cancel' }],
    ['accepted without the tick', { action: 'accept', content: { confirm: false } }],
    ['accepted without content', { action: 'accept' }],
  ])('%s runs nothing, and cannot be turned into a yes', async (_what, confirm) => {
    const [{ obtain, redeem }] = proofs;
    const requestState = await obtain();
    const more = { meta: canShowForms, params: { requestState, inputResponses: { confirm } } };
    refusalOf(await target.callTool(token, 'pay_invoice', payment, more));
    refusalOf(await redeem(requestState));
    await expectNothingPaid();
  });
});
