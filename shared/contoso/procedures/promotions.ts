import { defineProcedure } from './define.ts';

export const promotions = defineProcedure({
  name: 'promotions',
  description:
    'Says which promotions a customer can have today, and why not the others. Use it when somebody asks for a discount or an offer.',
  tools: ['get_eligible_promotions', 'search_knowledge_base'],
  documents: { guidelines: 'Promotion Eligibility Guidelines' },
  text: `# Promotions for a customer

1. Ask \`get_eligible_promotions\`: it knows the dates, the loyalty level, the age of the subscription, and suspensions.
2. Look the guidelines up with \`search_knowledge_base\`.
3. Name what the customer can have today, and for each of the others the rule that stands against it.
4. A promotion that has not started may be named with its start date; it is not available, reserved or promised. An expired one is not given again.
5. One promotion applies to a subscription at a time.`,
});
