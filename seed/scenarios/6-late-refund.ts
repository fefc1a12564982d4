import { addDays } from '../generate/calendar.ts';
import { productIds } from '../generate/products.ts';
import { openAccount, usageUntil, usualInvoices } from './account.ts';
import { amountTexts, dayTexts, dollarsAndCents, workingDays } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { changingTools } from './tools.ts';

/** Goods that came back in time and a refund that is overdue. */
export const lateRefund: Scenario = {
  number: 6,
  customerId: 256,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Mary', last_name: 'Doe', loyalty_level: 'Silver' },
      { product_id: productIds.mobile, speed_tier: '100Mbps', data_cap_gb: 20, age: 180 },
    );
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      ...usualInvoices(context, account, 18, 50),
      usage: usageUntil(context, account, 1, []),
      orders: [
        {
          order_id: context.nextId('order'),
          customer_id: account.customer.customer_id,
          product_name: 'Mesh Wi-Fi Extender',
          amount: 75,
          order_date: addDays(context.asOf, -37),
          status: 'returned',
          returned_date: addDays(context.asOf, -25),
        },
      ],
    };
  },
  answerKey({ asOf, customer, orders }) {
    const order = orders.at(-1);
    const returned = order?.returned_date ?? '';
    const amount = order?.amount ?? 0;
    const waited = workingDays(returned, asOf);
    return {
      scenario: 6,
      customer_id: customer.customer_id,
      title: 'A refund that has not arrived',
      questions: [
        `I sent back my extender and still have no money. Customer ${customer.customer_id}. Where is my refund?`,
        `Customer ${customer.customer_id} asks for the refund of a returned order. Was it in time, and what now?`,
      ],
      required_facts: [
        { statement: `The order was returned on ${returned}.`, says: [...dayTexts(returned), '25 days'] },
        { statement: `The amount is ${dollarsAndCents(amount)}.`, says: amountTexts(amount) },
        { statement: 'The return was inside the 30-day window.', says: ['30-day', '30 days'] },
        { statement: 'A refund takes 7 to 10 business days.', says: ['7 to 10', '7-10', '7–10'] },
        {
          statement: `${waited} business days have passed, so the case is escalated to the Returns Desk.`,
          says: ['escalat', 'Returns Desk'],
        },
      ],
      documents_to_cite: ['return-policy-and-process'],
      forbidden_claims: [
        { statement: 'The return was too late.', says: ['outside the 30-day', 'outside the return window'] },
        {
          statement: 'The refund was paid.',
          says: ['refund has been paid', 'refund was paid', 'refund has been issued'],
        },
      ],
      required_tools: ['get_customer_orders', 'search_knowledge_base'],
      forbidden_tools: changingTools,
    };
  },
};
