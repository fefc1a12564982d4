import { addDays } from '../generate/calendar.ts';
import { productIds } from '../generate/products.ts';
import { openAccount, usageUntil, usualInvoices } from './account.ts';
import type { Scenario } from './scenario.ts';
import { changingTools } from './tools.ts';

const place = 'near 5th & Pine';
const times = ['08:15', '17:40', '12:05'] as const;

/** Calls that break off at one place, with the three samples that the workflow asks for. */
export const droppedCalls: Scenario = {
  number: 7,
  customerId: 257,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Tom', last_name: 'Smith', loyalty_level: 'Silver' },
      {
        product_id: productIds.mobile,
        speed_tier: '300Mbps',
        data_cap_gb: 20,
        age: 230,
        roaming_enabled: true,
      },
    );
    const samples = times.map((time, index) => `${addDays(context.asOf, index - 4)} ${time} UTC`);
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      ...usualInvoices(context, account, 16, 50),
      usage: usageUntil(context, account, 1, []),
      tickets: [
        {
          ticket_id: context.nextId('ticket'),
          customer_id: account.customer.customer_id,
          subscription_id: account.subscription.subscription_id,
          category: 'call_drop',
          priority: 'high',
          status: 'open',
          subject: `Calls break off ${place}`,
          description: `Three calls broke off ${place}, each time on foot: ${samples.join('; ')}.`,
          opened_at: `${addDays(context.asOf, -2)}T14:30:00.000Z`,
          closed_at: null,
        },
      ],
    };
  },
  answerKey({ customer, tickets }) {
    const ticket = tickets.at(-1);
    return {
      scenario: 7,
      customer_id: customer.customer_id,
      title: 'Dropped calls at one corner',
      questions: [
        `My calls keep dropping at the same corner. What are you doing about it? Customer ${customer.customer_id}.`,
        `What is the state of the dropped calls of customer ${customer.customer_id}, and what comes next?`,
      ],
      required_facts: [
        { statement: `Ticket ${ticket?.ticket_id} is open.`, says: [`${ticket?.ticket_id}`] },
        { statement: 'The drops are near 5th & Pine.', says: ['5th & Pine', '5th and Pine'] },
        ...times.map((time) => ({ statement: `One sample is of ${time} UTC.`, says: [time] })),
        {
          statement: 'It goes to RF Engineering.',
          says: ['RF engineering', 'radio-frequency engineering', 'RF engineers'],
        },
        { statement: 'A systemic fault gives an SLA credit.', says: ['SLA credit', 'credit'] },
      ],
      documents_to_cite: ['dropped-call-investigation-workflow', 'service-reliability-sla-credit-matrix'],
      forbidden_claims: [
        {
          statement: 'Samples are still missing.',
          says: ['please send three samples', 'please provide three samples', 'samples are missing'],
        },
        { statement: 'A credit is certain.', says: ['you will receive a credit', 'credit is guaranteed'] },
        { statement: 'The ticket is closed.', says: ['ticket is closed', 'ticket has been closed'] },
      ],
      required_tools: ['get_support_tickets', 'search_knowledge_base'],
      forbidden_tools: [...changingTools, 'create_support_ticket'],
    };
  },
};
