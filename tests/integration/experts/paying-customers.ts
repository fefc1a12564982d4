import { smallDataset } from '../../support/small-dataset.ts';
import { aCustomer, anInvoice, aSubscription } from '../../support/small-records.ts';
import type { ExpertClient } from './expert-clients.ts';

/** The small company, and customers with one open invoice each, one for every test that pays. */
export function withPayers(count: number) {
  const ids = Array.from({ length: count }, (_, place) => 100 + place);
  return {
    ids,
    data: {
      ...smallDataset,
      customers: [
        ...smallDataset.customers,
        ...ids.map((id) => aCustomer({ customer_id: id, email: `c${id}@example.com` })),
      ],
      subscriptions: [
        ...smallDataset.subscriptions,
        ...ids.map((id) => aSubscription({ subscription_id: 1_000 + id, customer_id: id })),
      ],
      invoices: [
        ...smallDataset.invoices,
        ...ids.map((id) => anInvoice({ invoice_id: invoiceOf(id), subscription_id: 1_000 + id, amount: 90 })),
      ],
    },
  };
}

export function invoiceOf(payer: number): number {
  return 2_000 + payer;
}

/** The payments of an invoice, in dollars. */
export async function paidOn(tools: ExpertClient, invoice: number): Promise<number[]> {
  const { data: found } = await tools.call('get_invoice_payments', { invoice_id: invoice });
  return (found.payments as { amount: number }[]).map(({ amount }) => amount);
}
