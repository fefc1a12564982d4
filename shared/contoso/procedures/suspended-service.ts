import { defineProcedure } from './define.ts';

export const suspendedService = defineProcedure({
  name: 'suspended-service',
  description:
    'Explains why a service is suspended, what is owed, and how it comes back. Use it when a subscription is inactive or offline after a payment failed.',
  tools: ['get_customer_detail', 'get_subscription_detail', 'search_knowledge_base'],
  documents: {
    reinstatement: 'Payment Failure & Reinstatement Rules',
    lateFee: 'Late Payment Fee Policy',
    hardship: 'Financial Hardship Payment Plan Procedure',
  },
  text: `# A suspended service

1. Find the subscription with \`get_customer_detail\`; read its status, its invoices and their payments with \`get_subscription_detail\`.
2. For each overdue invoice name the outstanding amount, the days since the due date, and the payments that failed, with their method.
3. Look up with \`search_knowledge_base\`: the reinstatement rules, the late fee (it is charged for an invoice, and only after its grace period), and the payment plan for hardship.
4. Say what reinstatement takes, how soon service is back, which fees are added and which of them can be waived.
5. Ask for another method after two failed payments with the same card. Never take a card number.
6. A payment is made only when the person asks for exactly that one.`,
});
