import { defineProcedure } from './define.ts';

export const slowService = defineProcedure({
  name: 'slow-service',
  description:
    'Finds out why a connection is slow or down, and what to try before it is escalated. Use it for complaints about speed or a broken internet service.',
  tools: ['get_customer_detail', 'get_subscription_detail', 'get_data_usage', 'search_knowledge_base'],
  documents: { guide: 'Troubleshooting Slow Internet', credits: 'Service Reliability SLA Credit Matrix' },
  text: `# A slow or broken service

1. Find the subscription with \`get_customer_detail\`; read its speed tier, its service status and its incidents with \`get_subscription_detail\`.
2. An open incident comes first: name its date and say that it is being looked into. No repeated resets then: the cause is on our side.
3. Compare the usage of the last days with what is usual, with \`get_data_usage\`.
4. Look the steps of troubleshooting up with \`search_knowledge_base\`. Judge the best wired result against the tier, and say from which result on it is escalated.
5. A credit needs an incident, and nothing is promised while that is being investigated.`,
});
