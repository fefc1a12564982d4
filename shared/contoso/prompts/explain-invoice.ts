import * as z from 'zod';
import { id } from '#platform/mcp/definitions/inputs';
import { definePrompt } from '#platform/mcp/definitions/prompt';
import { customerIds } from './completions.ts';

export const explainInvoice = definePrompt({
  name: 'explain_invoice',
  title: 'Explain an invoice',
  description:
    "Explains a customer's latest invoices: what is due, why the amount is what it is, what to do.",
  permission: 'billing.read',
  input: z.strictObject({ customer_id: id('The customer whose invoices are explained.') }),
  example: { customer_id: 251 },
  completions: { customer_id: customerIds },
  text: ({ customer_id }) => `Explain the latest invoices of customer ${customer_id}.

1. Call get_billing_summary with customer_id ${customer_id} to see what is due.
2. Call get_customer_detail for the subscriptions, and get_subscription_detail for each one with an open or unusual invoice: compare its latest invoice with those before and with the monthly fee.
3. Where an invoice is higher than usual, call get_data_usage for the billing period, and look for usage above the cap, add-ons and failed payments (get_invoice_payments).
4. Call search_knowledge_base for the policy behind every fee or adjustment that you mention, and cite its title.

Answer in plain words: what is due and until when, what each invoice consists of, why the amount changed, and what the customer can do. Say so where you could not look something up. Pay or change nothing.`,
});
