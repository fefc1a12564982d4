/** What a tool call is about, in words for somebody who waits. */
const sentences: Readonly<Record<string, string>> = {
  get_all_customers: 'Looking for the customer',
  get_customer_detail: "Looking at the customer's profile and subscriptions",
  get_subscription_detail: 'Looking at the invoices and incidents of the subscription',
  get_invoice_payments: 'Looking at the payments of the invoice',
  get_billing_summary: 'Looking at what is outstanding',
  pay_invoice: 'Asking for the payment of the invoice',
  get_data_usage: 'Looking at the data usage',
  get_promotions: 'Looking at the promotions',
  get_eligible_promotions: 'Checking which promotions the customer can have',
  get_products: 'Looking at the plans and prices',
  get_product_detail: 'Looking at the plan',
  get_customer_orders: 'Looking at the orders and returns',
  get_support_tickets: 'Looking at the support tickets',
  create_support_ticket: 'Asking for a support ticket',
  update_subscription: 'Asking for a change of the subscription',
  search_knowledge_base: 'Looking up the policies',
  get_security_logs: 'Looking at the security log',
  unlock_account: 'Asking for the unlock of the account',
  trouble_shoot_device: 'Troubleshooting the device',
  get_diagnosis: 'Reading the diagnosis',
};

export function progressSentence(tool: string): string {
  return sentences[tool] ?? 'Working on the question';
}
