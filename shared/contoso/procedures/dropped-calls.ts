import { defineProcedure } from './define.ts';

export const droppedCalls = defineProcedure({
  name: 'dropped-calls',
  description:
    'Takes a complaint about calls that break off to the right desk. Use it when calls drop, at one place or everywhere.',
  tools: ['get_support_tickets', 'search_knowledge_base'],
  documents: {
    workflow: 'Dropped Call Investigation Workflow',
    guide: 'Troubleshooting Call Dropping',
    credits: 'Service Reliability SLA Credit Matrix',
  },
  text: `# Dropped calls

1. Read the open tickets with \`get_support_tickets\`. Do not ask for samples that a ticket already holds.
2. Look up with \`search_knowledge_base\`: the investigation, the troubleshooting of dropped calls, and the credit for a systemic fault.
3. Without a ticket: ask whether it happens everywhere or at one place, and go through the steps for the phone.
4. With three samples near one another the case goes to RF Engineering: say so, and when they answer.
5. A credit is possible only after a systemic fault is confirmed. Do not promise a date for better coverage.`,
});
