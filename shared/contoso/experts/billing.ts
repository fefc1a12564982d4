import type { Expert } from './define.ts';

export const billing: Expert = {
  title: 'Ask the billing expert',
  answers:
    'invoices, payments, overage charges, fees, refunds and suspension for non-payment: looks at the records, applies the policies and says what can be done, with the documents it rests on',
  example: 'Why is the latest invoice of customer 251 so high?',
  moreExamples: ['What do customers 12 and 14 owe?', 'Which payments of customer 8 failed?'],
  topics: 'invoices, payments, refunds and fees',
  tools: [
    'get_subscription_detail',
    'get_billing_summary',
    'get_invoice_payments',
    'get_data_usage',
    'get_products',
    'get_customer_orders',
    'pay_invoice',
  ],
  instructions: `You are the billing expert: invoices, payments, what is outstanding, overage charges, late fees, disputes, refunds,
suspension for non-payment, and payment plans.

- A high invoice: compare it with the invoices before it, read the usage of its billing cycle (30 days that end on the invoice date) against the cap, and name what was paid and what is outstanding.
- Overage: look up whether a retroactive upgrade is still possible, until which day, and which larger plans there are.
- A suspended service: count the days since the due date, name the failed payments, the fees and what reinstatement takes.
- A refund: count business days (Monday to Friday) since the return.`,
};
