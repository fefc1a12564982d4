import { addDays } from '../generate/calendar.ts';
import { productIds } from '../generate/products.ts';
import { cycleDays, invoiceAt, openAccount, spread, usageUntil, usualInvoices } from './account.ts';
import { amountTexts, gigabytes, overageInCycle, usedInCycle } from './measures.ts';
import type { Scenario } from './scenario.ts';
import { accountTools, changingTools } from './tools.ts';

/** 12.3 GB above the cap are 25 started blocks of 4.00: with the fee of 50.00 that makes the invoice of 150.00. */
const usedMegabytes = 22_300;

/** Much more mobile data than the plan holds, and an invoice that shows it. */
export const overTheCap: Scenario = {
  number: 9,
  customerId: 259,
  build(context) {
    const account = openAccount(
      context,
      { first_name: 'Alex', last_name: 'Brown', loyalty_level: 'Bronze' },
      {
        product_id: productIds.mobile,
        speed_tier: '50Mbps',
        data_cap_gb: 10,
        age: 140,
        roaming_enabled: true,
      },
    );
    const usual = usualInvoices(context, account, 1 + cycleDays, 50);
    const high = invoiceAt(context, account, 1, 150, 'Monthly fee 50.00 and data overage 100.00');
    return {
      customers: [account.customer],
      subscriptions: [account.subscription],
      invoices: [...usual.invoices, high],
      payments: usual.payments,
      usage: usageUntil(context, account, 1, spread(account.random, usedMegabytes, cycleDays)),
    };
  },
  answerKey(story) {
    const { latestInvoice, customer, product, products } = story;
    const used = gigabytes(usedInCycle(story));
    const over = gigabytes(overageInCycle(story));
    const lastDay = addDays(latestInvoice.invoice_date, 15);
    const larger = products.filter(
      (other) => other.category === product.category && other.monthly_fee > product.monthly_fee,
    );
    return {
      scenario: 9,
      customer_id: customer.customer_id,
      title: 'Far over the data cap',
      questions: [
        `My mobile bill tripled this month! Customer ${customer.customer_id}. Can you do something about it?`,
        `How much data did customer ${customer.customer_id} use over the cap, and would another plan help for this invoice?`,
      ],
      required_facts: [
        { statement: `${used} GB were used in 30 days.`, says: [`${used} GB`, `${used} gigabytes`] },
        {
          statement: `That is ${over} GB above the cap of 10 GB.`,
          says: [`${over} GB`, `${over} gigabytes`],
        },
        { statement: 'The invoice is 150.00.', says: amountTexts(latestInvoice.amount) },
        {
          statement: `A retroactive upgrade is possible within 15 days of the invoice, until ${lastDay}.`,
          says: ['15 days', lastDay],
        },
        { statement: 'A larger plan is offered.', says: larger.map((other) => other.name) },
      ],
      documents_to_cite: ['data-overage-policy'],
      forbidden_claims: [
        { statement: 'Roaming caused the charges.', says: ['because of roaming', 'due to roaming'] },
        {
          statement: 'The plan was changed.',
          says: ['i have upgraded', 'has been upgraded', 'plan was changed'],
        },
      ],
      required_tools: [...accountTools, 'get_data_usage', 'get_products', 'search_knowledge_base'],
      forbidden_tools: changingTools,
    };
  },
};
