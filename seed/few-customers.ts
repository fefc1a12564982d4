import type { Dataset } from './writing/dataset.ts';

/** John Doe at Contoso. */
export const firstScenarioCustomer = 251;

/** A part of the demo data that loads faster: the first generated customers and those of the scenarios, with all that is theirs. */
export function fewCustomers(whole: Dataset, generated: number): Dataset {
  const isKept = ({ customer_id }: { customer_id: number }) =>
    customer_id <= generated || customer_id >= firstScenarioCustomer;
  const subscriptions = whole.subscriptions.filter(isKept);
  const kept = new Set(subscriptions.map(({ subscription_id }) => subscription_id));
  const ofKept = ({ subscription_id }: { subscription_id: number }) => kept.has(subscription_id);
  const invoices = whole.invoices.filter(ofKept);
  const keptInvoices = new Set(invoices.map(({ invoice_id }) => invoice_id));
  return {
    ...whole,
    customers: whole.customers.filter(isKept),
    subscriptions,
    invoices,
    payments: whole.payments.filter(({ invoice_id }) => keptInvoices.has(invoice_id)),
    usage: whole.usage.filter(ofKept),
    orders: whole.orders.filter(isKept),
    tickets: whole.tickets.filter(isKept),
    securityEvents: whole.securityEvents.filter(isKept),
    incidents: whole.incidents.filter(ofKept),
  };
}
