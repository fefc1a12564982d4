import { defineProcedure } from './define.ts';

export const highInvoice = defineProcedure({
  name: 'high-invoice',
  description:
    'Explains an invoice that is much higher than usual, and what can be offered. Use it when somebody asks why a bill is so high or what an overage charge is.',
  tools: [
    'get_customer_detail',
    'get_subscription_detail',
    'get_data_usage',
    'get_products',
    'search_knowledge_base',
  ],
  documents: { overage: 'Data Overage Policy', adjustment: 'Invoice Adjustment Policy' },
  text: `# A high invoice

1. Find the subscription with \`get_customer_detail\`, then read its invoices with \`get_subscription_detail\`.
2. Compare the amount with the average of the three invoices before it. Say what was paid of it and what is outstanding: the outstanding amount is what the tool says, not the amount of the invoice.
3. Read the usage of the cycle that was billed with \`get_data_usage\`: the 30 days that end on the invoice date. Name the gigabytes used and those above the cap.
4. Look up the Data Overage Policy and the Invoice Adjustment Policy with \`search_knowledge_base\`. Where usage explains the amount, the first one counts.
5. Say whether a retroactive upgrade is still possible and until which day, and name larger plans from \`get_products\`.
6. Promise no credit that no policy grants. A changed plan waits until the customer has chosen one.`,
});
