import { balanceOf } from '#contoso/rules/billing';
import { currentLock } from '#contoso/rules/lock';
import type { Customer, Subscription } from '#contoso/rules/model';
import type { Dataset } from '../../seed/writing/dataset.ts';

/** A call that works, on records of its own, so that no call profits from what another one has cached. */
export interface Example {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * One call of every tool.
 * @param turn 0, 1, 2 … : the calls of different turns touch different customers
 */
export function examplesOf(data: Dataset, turn: number): readonly Example[] {
  const customers = takeFrom(
    data.customers.filter(({ customer_id }) => hasSubscription(data, customer_id)),
    turn,
  );
  const subscription = () => subscriptionOf(data, customers());
  const openInvoice = takeFrom(
    data.invoices.filter((invoice) => balanceOf(invoice, data.payments).outstanding > 1),
    turn,
  );
  const { subscription_id, customer_id } = subscription();
  const ticket = {
    category: 'technical',
    priority: 'normal',
    subject: 'Slow',
    description: 'Slow at night.',
  };
  const days = { start_date: data.usage[0]?.usage_date, end_date: data.usage.at(-1)?.usage_date };
  return Object.entries({
    get_all_customers: {},
    get_customer_detail: { customer_id: customers().customer_id },
    get_subscription_detail: { subscription_id: subscription().subscription_id },
    get_invoice_payments: { invoice_id: openInvoice().invoice_id },
    get_billing_summary: { customer_id: customers().customer_id },
    pay_invoice: { invoice_id: openInvoice().invoice_id, amount: 1, idempotency_key: `bench-${turn}` },
    get_data_usage: { subscription_id: subscription().subscription_id, ...inOrder(days) },
    get_promotions: {},
    get_eligible_promotions: { customer_id: customers().customer_id },
    get_products: {},
    get_product_detail: { product_id: data.products[turn]?.product_id },
    get_customer_orders: { customer_id: customers().customer_id },
    get_support_tickets: { customer_id: customers().customer_id },
    create_support_ticket: { customer_id, subscription_id, ...ticket },
    update_subscription: anotherPlan(data, subscription()),
    search_knowledge_base: { query: 'late payment fee' },
    get_security_logs: { customer_id: customers().customer_id },
    unlock_account: { customer_id: lockedCustomers(data)[turn], reason: 'Verified by two factors.' },
  }).map(([tool, args]) => ({ tool, arguments: args }));
}

/** Hands out records from a place that depends on the turn, each once. */
function takeFrom<T>(records: readonly T[], turn: number): () => T {
  let next = turn * 40;
  return () => {
    const record = records[next];
    next += 1;
    if (record === undefined) {
      throw new Error('The data has too few records for the examples.');
    }
    return record;
  };
}

function hasSubscription({ subscriptions }: Dataset, customer: number): boolean {
  return subscriptions.some(({ customer_id }) => customer_id === customer);
}

function subscriptionOf({ subscriptions }: Dataset, { customer_id }: Customer): Subscription {
  const found = subscriptions.find((subscription) => subscription.customer_id === customer_id);
  if (found === undefined) {
    throw new Error(`Customer ${customer_id} has no subscription.`);
  }
  return found;
}

/** Changes the plan too: it is checked against the catalog. */
function anotherPlan({ products }: Dataset, { subscription_id, product_id, roaming_enabled }: Subscription) {
  const other = products.find((product) => product.product_id !== product_id);
  return {
    subscription_id,
    update: { roaming_enabled: !roaming_enabled, product_id: other?.product_id },
  };
}

function inOrder({
  start_date = '',
  end_date = '',
}: {
  start_date?: string | undefined;
  end_date?: string | undefined;
}) {
  return start_date < end_date ? { start_date, end_date } : { start_date: end_date, end_date: start_date };
}

function lockedCustomers({ customers, securityEvents }: Dataset): number[] {
  return customers
    .map(({ customer_id }) => customer_id)
    .filter((id) => currentLock(securityEvents.filter((event) => event.customer_id === id)) !== undefined);
}
