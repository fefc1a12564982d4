import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { smallNow } from '../support/small-dataset.ts';
import { type Answer, sentenceOf } from './door.ts';
import { canShowForms } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

/** Dollars that one payment may have without a confirmation here; the payments below stay under it one by one. */
const limit = 10;
const some = 4;

let target: Target;
let users = 0;
/** A new user for each test: what others paid does not count. */
let user: string;

beforeAll(async () => {
  target = await startTarget({ env: { CONFIRM_PAYMENTS_ABOVE: String(limit) } });
});

afterAll(() => target?.stop());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: smallNow });
  user = newUser();
});

afterEach(() => {
  vi.useRealTimers();
});

function newUser(): string {
  users += 1;
  return `d0000000-0000-4000-8000-${String(users).padStart(12, '0')}`;
}

/** A token that is good at the moment of the test's clock. */
const tokenOf = (oid: string) => target.authority.mint(target.tenants[0].tid, { roles: ['security'], oid });

const pay = (args: object = {}, more: object = {}, who = user, door: Pick<Target, 'callTool'> = target) =>
  door.callTool(tokenOf(who), 'pay_invoice', { invoice_id: 101, amount: some, ...args }, more);

function isPaid({ status, message }: Answer): boolean {
  expect(status).toBe(200);
  return message.result?.structuredContent !== undefined;
}

async function paidOf(invoice_id: number): Promise<number> {
  const { message } = await target.callTool(tokenOf(newUser()), 'get_invoice_payments', { invoice_id });
  const { payments } = message.result?.structuredContent ?? expect.fail('The payments cannot be read.');
  return (payments as { amount: number }[]).reduce((sum, { amount }) => sum + amount, 0);
}

describe('payments that stay under the limit one by one', () => {
  it('are asked for from the one on that takes their sum above it, and the question says so', async () => {
    expect(isPaid(await pay())).toBe(true);
    expect(isPaid(await pay())).toBe(true);
    const before = await paidOf(101);
    const third = await pay();
    expect(isPaid(third)).toBe(false);
    expect(sentenceOf(third)).toContain(
      'This pays $4.00 of invoice 101 by credit card. Together with what you paid for customer 1 in the last 24 hours without a confirmation it comes to $12.00, and more than $10.00 needs one.',
    );
    expect(sentenceOf(third)).toMatch(/confirmation_code "[A-Z2-9-]{40}"/);
    expect(await paidOf(101)).toBe(before);
  });

  it('are asked for by form, too', async () => {
    await pay({ amount: 9 });
    const { message } = await pay({}, { meta: canShowForms });
    expect(JSON.stringify(message.result?.inputRequests)).toContain('it comes to $13.00');
  });

  it('count over all invoices of the customer, and on every instance', async () => {
    await pay({ amount: 9 });
    const other = await target.instance({});
    expect(isPaid(await pay({ invoice_id: 102 }, {}, user, other))).toBe(false);
    expect(isPaid(await pay({ invoice_id: 104 }, {}, user, other))).toBe(false);
  });

  it('do not slip through at the same time', async () => {
    const before = await paidOf(104);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, place) => pay({ invoice_id: 104, amount: 2.5 + place / 100 })),
    );
    expect(answers.filter(isPaid).length).toBeLessThan(4);
    expect((await paidOf(104)) - before).toBeLessThanOrEqual(limit);
    for (const refused of answers.filter((answer) => !isPaid(answer))) {
      expect(sentenceOf(refused)).toMatch(/needs (one|the agreement)/);
    }
  });

  it('of another user, or for another customer, are theirs', async () => {
    await pay({ amount: 9 });
    expect(isPaid(await pay({}, {}, newUser()))).toBe(true);
    expect(isPaid(await pay({ invoice_id: 201 }))).toBe(true);
  });

  it('are forgotten after a day', async () => {
    await pay({ amount: 9 });
    vi.setSystemTime(smallNow.getTime() + 86_399_000);
    expect(isPaid(await pay())).toBe(false);
    vi.setSystemTime(smallNow.getTime() + 86_401_000);
    expect(isPaid(await pay())).toBe(true);
  });

  it('are forgotten after the hours that the operator chose', async () => {
    const patient = await target.instance({ CONFIRM_PAYMENTS_HOURS: '48' });
    expect(isPaid(await pay({ invoice_id: 201, amount: 9 }, {}, user, patient))).toBe(true);
    vi.setSystemTime(smallNow.getTime() + 86_401_000);
    const second = await pay({ invoice_id: 201 }, {}, user, patient);
    expect(isPaid(second)).toBe(false);
    expect(sentenceOf(second)).toContain('in the last 48 hours');
  });
});

/** Passes the code of a refusal back. */
const confirmed = async (args: object) => {
  const code = /"([A-Z2-9-]{40})"/.exec(sentenceOf(await pay(args)))?.[1];
  return pay({ ...args, confirmation_code: code });
};

describe('payments that the user agreed to', () => {
  it('use nothing up', async () => {
    expect(isPaid(await confirmed({ invoice_id: 104, amount: 11 }))).toBe(true);
    expect(isPaid(await pay({ invoice_id: 104, amount: 9 }))).toBe(true);
  });

  it('do not make the next one free', async () => {
    await pay({ invoice_id: 104, amount: 9 });
    expect(isPaid(await confirmed({ invoice_id: 104, amount: 3 }))).toBe(true);
    expect(isPaid(await pay({ invoice_id: 104, amount: 3 }))).toBe(false);
  });

  it('are not asked for again when the call is repeated under its key, and not paid again', async () => {
    const args = { invoice_id: 104, amount: 12, idempotency_key: `payment of ${users}` };
    const code = /"([A-Z2-9-]{40})"/.exec(sentenceOf(await pay(args)))?.[1];
    const first = await pay({ ...args, confirmation_code: code });
    const before = await paidOf(104);
    const repetitions = [
      await pay(args),
      await pay({ ...args, confirmation_code: code }),
      await pay(args, { meta: canShowForms }),
    ];
    for (const again of repetitions) {
      expect(again.message.result?.structuredContent).toEqual(first.message.result?.structuredContent);
    }
    expect(isPaid(first)).toBe(true);
    expect(await paidOf(104)).toBe(before);
  });
});

it('a payment that was not taken uses nothing up', async () => {
  await pay({ invoice_id: 103, amount: 9 });
  expect(isPaid(await pay({ invoice_id: 104, amount: 9 }))).toBe(true);
});
