import { beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { payInvoice } from '#contoso/tools/billing/pay-invoice';
import { unlockAccount } from '#contoso/tools/security/unlock-account';
import { updateSubscription } from '#contoso/tools/subscriptions/update-subscription';
import { createSupportTicket } from '#contoso/tools/tickets/create-support-ticket';
import { Conflict, Unavailable } from '#platform/errors';
import type { ToolDefinition } from '#platform/mcp/definitions/tool';
import { type Company, companyWith, openCompany } from './company.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});

interface Keyed {
  readonly name: string;
  readonly tool: ToolDefinition<z.ZodObject, z.ZodObject>;
  readonly args: Readonly<Record<string, unknown>>;
  /** Other arguments for the same customer. */
  readonly other: Readonly<Record<string, unknown>>;
  /** The same for another customer. */
  readonly elsewhere: Readonly<Record<string, unknown>>;
}

const ticket = {
  subscription_id: 11,
  category: 'call_drop',
  priority: 'high',
  subject: 'Calls drop',
  description: 'Since Monday.',
};

const keyed: readonly Keyed[] = [
  {
    name: 'create_support_ticket',
    tool: createSupportTicket,
    args: { customer_id: 1, ...ticket },
    other: { subject: 'Calls drop again' },
    elsewhere: { customer_id: 2, subscription_id: 21 },
  },
  {
    name: 'update_subscription',
    tool: updateSubscription,
    args: { subscription_id: 11, update: { data_cap_gb: 77, autopay_enabled: true } },
    other: { update: { data_cap_gb: 78, autopay_enabled: true } },
    elsewhere: { subscription_id: 21 },
  },
  {
    name: 'update_subscription that changes nothing',
    tool: updateSubscription,
    args: { subscription_id: 12, update: { status: 'inactive' } },
    other: { update: { status: 'active' } },
    elsewhere: { subscription_id: 21 },
  },
  {
    name: 'unlock_account',
    tool: unlockAccount,
    args: { customer_id: 2, reason: 'Identity verified by call-back' },
    other: { reason: 'Identity verified at the counter' },
    elsewhere: {},
  },
  {
    name: 'pay_invoice',
    tool: payInvoice,
    args: { invoice_id: 101, amount: 20 },
    other: { amount: 21 },
    elsewhere: { invoice_id: 201 },
  },
] as unknown as readonly Keyed[];

describe.each(keyed)('$name', ({ tool, args, other, elsewhere }) => {
  const call = { ...args, idempotency_key: 'order 7' };

  test('the same key again gives the first answer and changes nothing', async () => {
    const first = await company.ask(tool, call);
    const before = await company.contents();
    expect(await company.ask(tool, call)).toEqual(first);
    expect(await company.contents()).toEqual(before);
  });

  test('ten at once under one key are one', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => company.askInCrowd(tool, call)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test('when the answer is lost on its way, the repetition gets it', async () => {
    const { accounts } = company.store;
    const losing = companyWith(company, {
      async commit(customerId, changes) {
        await accounts.commit(customerId, changes);
        throw new Unavailable('Storage did not answer; the change may have been saved.');
      },
    });
    await expect(losing.askInCrowd(tool, call)).rejects.toThrow(Unavailable);
    const before = await company.contents();
    await company.ask(tool, call);
    expect(await company.contents()).toEqual(before);
  });

  test('with other arguments is a conflict', async () => {
    await company.ask(tool, call);
    expect(await company.refusal(tool, { ...call, ...other })).toBeInstanceOf(Conflict);
  });

  test('means nothing to another user', async () => {
    await company.ask(tool, call);
    const outcome = await company
      .as('directory:another')
      .askInCrowd(tool, { ...call, ...other })
      .catch((error: unknown) => error);
    expect(outcome).not.toBeInstanceOf(Conflict);
  });

  test.skipIf(Object.keys(elsewhere).length === 0)('means nothing for another customer', async () => {
    const first = await company.ask(tool, call);
    expect(await company.ask(tool, { ...call, ...elsewhere })).not.toEqual(first);
  });
});

test('a key with which nothing was changed is not used up', async () => {
  const args = { invoice_id: 101, idempotency_key: 'k' };
  await company.refusal(payInvoice, { ...args, amount: 61 });
  expect(await company.ask(payInvoice, { ...args, amount: 60 })).toMatchObject({ outstanding: 0 });
});
