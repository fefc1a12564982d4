import { balanceOf } from '#contoso/rules/billing';
import { daysBetween } from '#platform/dates';
import { productIds } from '../generate/products.ts';
import { cycleDays, invoiceAt, openAccount, paymentAt, usageUntil, usualInvoices } from './account.ts';
import { amountTexts, dollarsAndCents } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { accountTools, changingTools } from './tools.ts';

const invoiceAge = 40;

/** Due after 14 days and suspended after 10 more: the last day with service. */
const lastDayOfServiceAge = 16;

/** A suspension after two failed card payments. */
export const suspendedService: Scenario = {
  number: 8,
  customerId: 258,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Sara', last_name: 'Lee', loyalty_level: 'Gold' },
      {
        product_id: productIds.internet,
        speed_tier: '300Mbps',
        data_cap_gb: null,
        age: 300,
        autopay_enabled: false,
        status: 'inactive',
        service_status: 'offline',
      },
    );
    const usual = usualInvoices(context, account, invoiceAge + cycleDays, 60);
    const unpaid = invoiceAt(context, account, invoiceAge, 95.5, 'Monthly fee 60.00 and router rental 35.50');
    const failed = [26, 19].map((age) => paymentAt(context, unpaid, age, { status: 'failed' }));
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      invoices: [...usual.invoices, unpaid],
      payments: [...usual.payments, ...failed],
      usage: usageUntil(context, account, lastDayOfServiceAge, []),
    };
  },
  answerKey({ asOf, customer, latestInvoice, payments }) {
    const { outstanding } = balanceOf(latestInvoice, payments);
    const overdue = daysBetween(latestInvoice.due_date, asOf);
    return {
      scenario: 8,
      customer_id: customer.customer_id,
      title: 'A suspended subscription',
      questions: [
        `My internet is dead and my card was refused. Customer ${customer.customer_id}. What do I owe and how do I get back online?`,
        `Customer ${customer.customer_id} is suspended. What does reinstatement take, and can the customer pay in parts?`,
      ],
      required_facts: [
        { statement: `${dollarsAndCents(outstanding)} is outstanding.`, says: amountTexts(outstanding) },
        {
          statement: 'Two card payments failed.',
          says: ['two failed', '2 failed', 'failed twice', 'both failed'],
        },
        {
          statement: `The invoice is ${overdue} days overdue, beyond the 10 days of grace.`,
          says: ['10 days', '10-day', 'ten days', 'grace'],
        },
        { statement: 'The subscription is suspended.', says: ['suspend'] },
        { statement: 'A reconnection fee of 25.00 applies.', says: ['reconnection fee'] },
        { statement: 'It is waived for a first suspension.', says: ['waive'] },
        { statement: 'A late fee applies; 5.00 at this amount.', says: ['late fee', 'late payment fee'] },
        {
          statement: 'A hardship payment plan is possible.',
          says: ['hardship', 'instalment', 'installment'],
        },
      ],
      documents_to_cite: [
        'payment-failure-and-reinstatement-rules',
        'late-payment-fee-policy',
        'financial-hardship-payment-plan-procedure',
      ],
      forbidden_claims: [
        { statement: 'The invoice was paid.', says: ['has been paid in full', 'nothing is outstanding'] },
        { statement: 'The service is back.', says: ['has been reinstated', 'i have reactivated'] },
      ],
      required_tools: [...accountTools, 'search_knowledge_base'],
      forbidden_tools: changingTools,
    };
  },
};
