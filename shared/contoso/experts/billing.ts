import { dataOverage } from '../procedures/data-overage.ts';
import { highInvoice } from '../procedures/high-invoice.ts';
import { lateRefund } from '../procedures/late-refund.ts';
import { suspendedService } from '../procedures/suspended-service.ts';
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
  procedures: [highInvoice, dataOverage, suspendedService, lateRefund],
  instructions: `You are the billing expert: invoices, payments, what is outstanding, overage charges, late fees, disputes, refunds,
suspension for non-payment, and payment plans.`,
};
