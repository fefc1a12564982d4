import { approvals } from './approval-scenarios.ts';
import { agreed, called, payment } from './asking.ts';
import type { CrashClient } from './client.ts';
import { questions } from './expert-scenarios.ts';
import { jobs } from './job-scenarios.ts';
import { changeOfPlan } from './plan-scenario.ts';
import { type Scenario, unequal } from './scenario.ts';
import { invoiced, type Subject } from './subjects.ts';

/** The same with the code of before the crash first. */
async function agreedAgain(
  client: CrashClient,
  { memory }: Subject,
  name: string,
  args: Readonly<Record<string, unknown>>,
) {
  const asked = memory.get('code') ?? '';
  if (asked === '') {
    const { content } = await client.call(name, args);
    memory.set('code', /confirmation_code "([A-Z2-9-]+)"/.exec(String(content))?.[1] ?? 'none');
  }
  const answer = await client.call(name, { ...args, confirmation_code: memory.get('code') });
  return answer.isError ? await agreed(client, name, args) : answer.content;
}

const outstandingIn = (answer: unknown) => (answer as { outstanding: number }).outstanding;

export const scenarios: readonly Scenario[] = [
  {
    name: 'a payment',
    tool: 'pay_invoice',
    door: 'app',
    act: (client, subject) => called(client, 'pay_invoice', payment(subject, 25)),
    done: ({ payments }) => payments.length,
    torn: ({ payments, receipts, unconfirmed }) => [
      ...unequal('payments and kept answers', payments.length, receipts),
      ...unequal('payments and what the user spent', payments.length, unconfirmed),
    ],
    wrong: ({ payments }, _, answer) =>
      unequal(
        'the balance',
        invoiced - payments.reduce((sum, { amount }) => sum + amount, 0),
        outstandingIn(answer),
      ),
  },
  {
    name: 'a payment that was agreed to',
    tool: 'pay_invoice',
    door: 'app',
    act: (client, subject) => agreedAgain(client, subject, 'pay_invoice', payment(subject, 250)),
    done: ({ payments }) => payments.length,
    torn: ({ payments, receipts, unconfirmed, agreements }) => [
      ...unequal('payments and kept answers', payments.length, receipts),
      ...unequal('payments without an agreement', 0, unconfirmed),
      ...(payments.length > agreements ? ['a payment whose agreement is not used up'] : []),
    ],
  },
  {
    name: 'a ticket',
    tool: 'create_support_ticket',
    door: 'app',
    act: (client, { customer_id, subscription_id, key }) =>
      called(client, 'create_support_ticket', {
        customer_id,
        subscription_id,
        category: 'technical',
        priority: 'normal',
        subject: 'Slow',
        description: 'Slow at night.',
        idempotency_key: key,
      }),
    done: ({ tickets }) => tickets.length,
    torn: ({ tickets, receipts }) => unequal('tickets and kept answers', tickets.length, receipts),
  },
  changeOfPlan,
  {
    name: 'an unlock',
    tool: 'unlock_account',
    door: 'app',
    act: (client, subject) =>
      agreedAgain(client, subject, 'unlock_account', {
        customer_id: subject.customer_id,
        reason: 'Verified by two factors.',
        idempotency_key: subject.key,
      }),
    done: ({ events }) => events.filter(({ event_type }) => event_type === 'account_unlocked').length,
    torn: ({ events, receipts }) => unequal('unlocks and kept answers', events.length - 1, receipts),
  },
  ...jobs,
  ...approvals,
  ...questions,
];
