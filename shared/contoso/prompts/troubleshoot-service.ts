import * as z from 'zod';
import { id } from '#platform/mcp/definitions/inputs';
import { definePrompt } from '#platform/mcp/definitions/prompt';
import { customerIds, subscriptionIds } from './completions.ts';

export const troubleshootService = definePrompt({
  name: 'troubleshoot_service',
  title: 'Troubleshoot a service',
  description: "Finds out why a customer's service is slow or down, and proposes what to do.",
  permission: 'subscriptions.read',
  input: z.strictObject({
    customer_id: id('The customer who has the trouble.'),
    subscription_id: id('The subscription that has the trouble; all of them when left out.').optional(),
  }),
  example: { customer_id: 252, subscription_id: 252 },
  completions: { customer_id: customerIds, subscription_id: subscriptionIds },
  text: ({ customer_id, subscription_id }) => `Find out what is wrong with ${
    subscription_id === undefined ? 'the service' : `subscription ${subscription_id}`
  } of customer ${customer_id}.

1. ${
    subscription_id === undefined
      ? `Call get_customer_detail with customer_id ${customer_id} to see the subscriptions, then get_subscription_detail for each active one.`
      : `Call get_subscription_detail with subscription_id ${subscription_id}.`
  } Look at status, service_status and open service_incidents.
2. Call get_data_usage for the last 30 days and compare with data_cap_gb: a used-up cap slows a service down.
3. Call get_support_tickets with customer_id ${customer_id} and open_only true: is it known already?
4. Call search_knowledge_base with the symptoms for the troubleshooting guide, and cite its title.

Answer with the most likely cause, what points to it, and the steps to take in their order. Propose a change or a ticket (update_subscription, create_support_ticket) where one would help, and wait for my agreement before you make it.`,
});
