/** What every question about a customer's plan, invoices or service needs. */
export const accountTools = ['get_customer_detail', 'get_subscription_detail'] as const;

/** Tools that change an account: a question is not an order. */
export const changingTools = ['pay_invoice', 'update_subscription', 'unlock_account'] as const;
