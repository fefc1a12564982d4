import { currentLock } from '#contoso/rules/lock';
import type { Dataset } from '#seed/writing/dataset';

/** The subscription with the most invoices: its answers are the longest. */
export function busiest({ subscriptions, invoices }: Dataset) {
  const [first] = subscriptions.toSorted((a, b) => countOf(invoices, b) - countOf(invoices, a));
  if (first === undefined) {
    throw new Error('The demo data has no subscription.');
  }
  return first;
}

type OfSubscription = { readonly subscription_id: number };

function countOf(records: readonly OfSubscription[], { subscription_id }: OfSubscription): number {
  return records.filter((record) => record.subscription_id === subscription_id).length;
}

export function unpaid({ invoices, payments }: Dataset): number | undefined {
  const paid = new Set(payments.map((payment) => payment.invoice_id));
  return invoices.find(({ invoice_id }) => !paid.has(invoice_id))?.invoice_id;
}

export function without(
  data: Dataset,
  records: readonly { readonly customer_id: number }[],
): number | undefined {
  const having = new Set(records.map((record) => record.customer_id));
  return data.customers.find(({ customer_id }) => !having.has(customer_id))?.customer_id;
}

export function addon({ products }: Dataset): number | undefined {
  return products.find(({ category }) => category === 'addon')?.product_id;
}

export function isLocked({ securityEvents }: Dataset, customer: number): boolean {
  return currentLock(securityEvents.filter((event) => event.customer_id === customer)) !== undefined;
}

export function yearBefore(day: string): string {
  return new Date(Date.parse(day) - 360 * 86_400_000).toISOString().slice(0, 10);
}
