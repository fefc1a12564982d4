import { addDays } from '../generate/calendar.ts';
import { productIds } from '../generate/products.ts';
import { openAccount, usageUntil, usualInvoices } from './account.ts';
import { dayTexts } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { accountTools, changingTools } from './tools.ts';

const ordinaryDays = Array.from({ length: 27 }, (_, day) => 700 + ((day * 137) % 400));
const slowDays = [50, 50, 50];

/** Slow service with an incident that is still investigated. */
export const slowInternet: Scenario = {
  number: 2,
  customerId: 252,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Jane', last_name: 'Doe', loyalty_level: 'Gold' },
      {
        product_id: productIds.internet,
        speed_tier: '1Gbps',
        data_cap_gb: null,
        age: 260,
        service_status: 'slow',
      },
    );
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      ...usualInvoices(context, account, 20, 60),
      usage: usageUntil(context, account, 1, [...ordinaryDays, ...slowDays]),
      incidents: [
        {
          incident_id: context.nextId('incident'),
          subscription_id: account.subscription.subscription_id,
          incident_date: addDays(context.asOf, -2),
          description:
            'Customers in this area report slow internet; a fault at the local exchange is suspected.',
          status: 'investigating',
        },
      ],
    };
  },
  answerKey({ customer, subscription, incidents }) {
    const since = incidents.at(-1)?.incident_date ?? '';
    return {
      scenario: 2,
      customer_id: customer.customer_id,
      title: 'Slow internet during an incident',
      questions: [
        `My internet has been crawling for days. I am customer ${customer.customer_id}, what is wrong?`,
        `Customer ${customer.customer_id} pays for ${subscription.speed_tier} and says that pages hardly load. What should we do?`,
      ],
      required_facts: [
        { statement: 'The service is slow.', says: ['slow'] },
        { statement: 'An incident is being investigated.', says: ['investigat'] },
        { statement: `The incident is of ${since}.`, says: [...dayTexts(since), '2 days', 'two days'] },
        { statement: 'Restart modem and router, test by cable.', says: ['60 seconds', 'cable', 'wired'] },
        { statement: 'Escalate under 25 % of the tier.', says: ['25 %', '25%', '250 Mbps'] },
      ],
      documents_to_cite: ['troubleshooting-slow-internet'],
      forbidden_claims: [
        {
          statement: 'The incident is over.',
          says: ['incident is resolved', 'incident has been resolved', 'no open incident'],
        },
        { statement: 'A credit is certain.', says: ['you will receive a credit', 'credit is guaranteed'] },
      ],
      required_tools: [...accountTools, 'search_knowledge_base'],
      forbidden_tools: changingTools,
    };
  },
};
