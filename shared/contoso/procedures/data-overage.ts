import { defineProcedure } from './define.ts';

export const dataOverage = defineProcedure({
  name: 'data-overage',
  description:
    'Shows how far a subscription is over its data cap and which plan fits. Use it when usage runs over the cap or somebody asks how not to pay for overage.',
  tools: [
    'get_customer_detail',
    'get_subscription_detail',
    'get_data_usage',
    'get_products',
    'search_knowledge_base',
  ],
  documents: { overage: 'Data Overage Policy' },
  text: `# Over the data cap

1. Find the subscription with \`get_customer_detail\`; read its cap and its last invoice with \`get_subscription_detail\`.
2. Add the usage of the billing cycle up with \`get_data_usage\`. A cycle has 30 days and ends on the invoice date. Name the gigabytes used, the cap, and what is above it.
3. Look the price of a block of overage and the rule of the retroactive upgrade up with \`search_knowledge_base\`. Every started block counts in full.
4. Compare the plans of \`get_products\`: name those whose cap covers the usage, with their monthly fee, and what the customer would have paid.
5. A plan is changed only when the customer has chosen one.`,
});
