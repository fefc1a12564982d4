import { defineProcedure } from './define.ts';

export const roaming = defineProcedure({
  name: 'roaming',
  description:
    'Says whether a phone will work abroad, what that costs, and whether it can still be arranged. Use it before a journey.',
  tools: ['get_customer_detail', 'get_subscription_detail', 'get_products', 'search_knowledge_base'],
  documents: {
    options: 'International Roaming Options Explained',
    cutOffTimes: 'Roaming Activation Cut-off Times',
  },
  text: `# Roaming before a journey

1. Find the mobile or bundle subscription with \`get_customer_detail\`; read with \`get_subscription_detail\` whether roaming is on.
2. Take what the add-on costs from \`get_products\`.
3. Look the notice for an activation and the rule for late requests up with \`search_knowledge_base\`. Where the documents disagree, say so, name both, and have it confirmed before anything is promised.
4. Count the days to the departure, if it is known; ask for it if it matters and is not.
5. Roaming is switched on only when the person asks for exactly that.`,
});
