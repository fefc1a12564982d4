import { balanceOf } from '#contoso/rules/billing';
import { addDays } from '../generate/calendar.ts';
import { productIds } from '../generate/products.ts';
import {
  cycleDays,
  invoiceAt,
  openAccount,
  paymentAt,
  spread,
  usageUntil,
  usualInvoices,
} from './account.ts';
import { amountTexts, dollarsAndCents, gigabytes, overageInCycle, usedInCycle } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { accountTools, changingTools } from './tools.ts';

/** 14.8 GB above the cap are 30 started blocks of 3.00: with the fee of 60.00 that makes the invoice of 150.00. */
const usedMegabytes = 24_800;

/** An invoice far above the usual because of overage, already paid in part. */
export const highInvoice: Scenario = {
  number: 1,
  customerId: 251,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'John', last_name: 'Doe', loyalty_level: 'Silver' },
      { product_id: productIds.internet, speed_tier: '300Mbps', data_cap_gb: 10, age: 210 },
    );
    const usual = usualInvoices(context, account, 1 + cycleDays, 60);
    const high = invoiceAt(context, account, 1, 150, 'Monthly fee 60.00 and data overage 90.00');
    const part = paymentAt(context, high, 1, { amount: 50, status: 'partial' });
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      invoices: [...usual.invoices, high],
      payments: [...usual.payments, part],
      usage: usageUntil(context, account, 1, spread(account.random, usedMegabytes, cycleDays)),
    };
  },
  answerKey(story) {
    const { latestInvoice, payments, customer } = story;
    const { settled, outstanding } = balanceOf(latestInvoice, payments);
    const used = gigabytes(usedInCycle(story));
    const over = gigabytes(overageInCycle(story));
    const lastDay = addDays(latestInvoice.invoice_date, 15);
    return {
      scenario: 1,
      customer_id: customer.customer_id,
      title: 'An invoice much higher than usual',
      questions: [
        `I am customer ${customer.customer_id}. My last bill is 150 dollars, I normally pay 60. What happened?`,
        `Why is the latest invoice of customer ${customer.customer_id} so high, and what can we offer?`,
      ],
      required_facts: [
        { statement: 'The invoice of 150.00 is out of line.', says: amountTexts(latestInvoice.amount) },
        { statement: 'The usual invoice is 60.00.', says: amountTexts(60) },
        { statement: `${used} GB were used in the cycle.`, says: [`${used} GB`, `${used} gigabytes`] },
        {
          statement: `That is ${over} GB above the cap of 10 GB.`,
          says: [`${over} GB`, `${over} gigabytes`],
        },
        { statement: `${dollarsAndCents(settled)} was already paid.`, says: amountTexts(settled) },
        { statement: `${dollarsAndCents(outstanding)} is outstanding.`, says: amountTexts(outstanding) },
        {
          statement: `A retroactive upgrade is possible within 15 days of the invoice, until ${lastDay}.`,
          says: ['15 days', lastDay],
        },
      ],
      documents_to_cite: ['data-overage-policy', 'invoice-adjustment-policy'],
      forbidden_claims: [
        {
          statement: 'The whole amount is still to be paid.',
          says: ['150.00 is outstanding', '150.00 outstanding', 'you owe 150', 'you owe $150'],
        },
        {
          statement: 'A credit was already given.',
          says: ['has been credited', 'i have credited', 'i have adjusted'],
        },
      ],
      required_tools: [...accountTools, 'get_data_usage', 'search_knowledge_base'],
      forbidden_tools: changingTools,
    };
  },
};
