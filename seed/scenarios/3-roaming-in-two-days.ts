import { addDays } from '../generate/calendar.ts';
import { productIds } from '../generate/products.ts';
import { openAccount, usageUntil, usualInvoices } from './account.ts';
import { amountTexts, dollarsAndCents } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { accountTools, changingTools } from './tools.ts';

/** A journey that begins sooner than the three days which one document asks for and another does not. */
export const roamingInTwoDays: Scenario = {
  number: 3,
  customerId: 253,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Mark', last_name: 'Doe', loyalty_level: 'Bronze' },
      { product_id: productIds.mobile, speed_tier: '100Mbps', data_cap_gb: 20, age: 150 },
    );
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      ...usualInvoices(context, account, 12, 50),
      usage: usageUntil(context, account, 1, []),
    };
  },
  answerKey({ asOf, customer, products }) {
    const departure = addDays(asOf, 2);
    const addOn = products.find((product) => product.product_id === productIds.roaming);
    const fee = addOn?.monthly_fee ?? 0;
    return {
      scenario: 3,
      customer_id: customer.customer_id,
      title: 'Roaming for a journey in two days',
      questions: [
        `I fly to Spain in two days, on ${departure}. Will my phone work there? I am customer ${customer.customer_id}.`,
        `Customer ${customer.customer_id} leaves for Spain on ${departure}. Can roaming still be arranged?`,
      ],
      required_facts: [
        {
          statement: 'Roaming is not active.',
          says: ['not active', 'not enabled', 'not activated', 'roaming is off', 'switched off', 'disabled'],
        },
        { statement: `The add-on costs ${dollarsAndCents(fee)}.`, says: amountTexts(fee) },
        { statement: 'One document asks for 3 days.', says: ['3 days', 'three days'] },
        { statement: 'The other allows a late activation in 24 hours.', says: ['24 hours', '24-hour'] },
        { statement: 'A late activation is pro-rated.', says: ['pro-rated', 'prorated', 'pro rata'] },
      ],
      documents_to_cite: ['international-roaming-options-explained', 'roaming-activation-cut-off-times'],
      forbidden_claims: [
        { statement: 'Roaming works already.', says: ['roaming is already active', 'roaming is enabled on'] },
        { statement: 'It is too late.', says: ['it is too late', 'cannot be activated in time'] },
        { statement: 'Roaming was activated.', says: ['i have activated', 'has been activated'] },
      ],
      required_tools: [...accountTools, 'search_knowledge_base'],
      forbidden_tools: changingTools,
    };
  },
};
