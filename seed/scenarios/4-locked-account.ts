import { currentLock } from '#contoso/rules/lock';
import type { SecurityEvent } from '#contoso/rules/model';
import { minutesBefore } from '../generate/calendar.ts';
import type { SeedContext } from '../generate/context.ts';
import { productIds } from '../generate/products.ts';
import { openAccount, type ScenarioAccount, usageUntil, usualInvoices } from './account.ts';
import type { Scenario } from './scenario.ts';

const failedSignIns = 8;
const lockedMinutesAgo = 12;

/** An account that was locked a few minutes ago after many failed sign-ins. */
export const lockedAccount: Scenario = {
  number: 4,
  customerId: 254,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Alice', last_name: 'Doe', loyalty_level: 'Gold' },
      { product_id: productIds.mobile, speed_tier: '300Mbps', data_cap_gb: 50, age: 280 },
    );
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      ...usualInvoices(context, account, 8, 50),
      usage: usageUntil(context, account, 1, []),
      securityEvents: [...failures(context, account), lock(context, account)],
    };
  },
  answerKey({ customer, securityEvents }) {
    const lockedAt = currentLock(securityEvents)?.event_time ?? '';
    return {
      scenario: 4,
      customer_id: customer.customer_id,
      title: 'A locked account',
      questions: [
        `I cannot sign in any more. My customer number is ${customer.customer_id}. Can you unlock me?`,
        `Is the account of customer ${customer.customer_id} locked, since when, and how do we unlock it?`,
      ],
      required_facts: [
        { statement: 'The account is locked now.', says: ['locked'] },
        { statement: `It is locked since ${lockedAt}.`, says: [lockedAt.slice(11, 16)] },
        {
          statement: `${failedSignIns} sign-ins failed before.`,
          says: ['8 failed', 'eight failed', '8 times'],
        },
        { statement: 'First the identity is verified.', says: ['verify', 'verif', 'identity'] },
        { statement: 'Then comes a second factor.', says: ['second factor', 'one-time code', 'two-factor'] },
        {
          statement: 'The password must be reset.',
          says: ['password reset', 'reset the password', 'new password'],
        },
      ],
      documents_to_cite: ['account-unlock-procedure'],
      forbidden_claims: [
        {
          statement: 'The account is unlocked.',
          says: ['has been unlocked', 'i have unlocked', 'is not locked'],
        },
        { statement: 'The lock ends by itself.', says: ['unlock automatically', 'unlocks automatically'] },
      ],
      required_tools: ['get_security_logs', 'search_knowledge_base'],
      forbidden_tools: ['unlock_account', 'update_subscription', 'pay_invoice'],
    };
  },
};

/** One failed sign-in a minute, the last one a minute before the lock. */
function failures(context: SeedContext, { random, customer }: ScenarioAccount): SecurityEvent[] {
  const address = random.internet.ipv4({ network: 'test-net-2' });
  return Array.from({ length: failedSignIns }, (_, attempt) => ({
    event_id: context.nextId('securityEvent'),
    customer_id: customer.customer_id,
    event_type: 'login_attempt' as const,
    event_time: minutesBefore(context.asOf, lockedMinutesAgo + failedSignIns - attempt),
    description: `Failed sign-in: wrong password, from ${address}`,
  }));
}

function lock(context: SeedContext, { customer }: ScenarioAccount): SecurityEvent {
  return {
    event_id: context.nextId('securityEvent'),
    customer_id: customer.customer_id,
    event_type: 'account_locked',
    event_time: minutesBefore(context.asOf, lockedMinutesAgo),
    description: `Account locked after ${failedSignIns} failed sign-ins`,
  };
}
