import type {
  Customer,
  Incident,
  Invoice,
  Order,
  Payment,
  Product,
  Promotion,
  SecurityEvent,
  Subscription,
  Ticket,
} from '#contoso/rules/model';
import type { SeedContext } from '../generate/context.ts';
import type { UsageRecord } from '../generate/usage.ts';
import type { Dataset } from '../writing/dataset.ts';
import type { AnswerKey } from './answer-key.ts';

/** One customer whose records make up a case that is known in full. */
export interface Scenario {
  readonly number: number;
  readonly customerId: number;
  /** The customer's records, relative to `asOf`. */
  build(context: SeedContext): Partial<Dataset>;
  /** The right answer, computed from what is in the data. */
  answerKey(story: Story): AnswerKey;
}

/** What the data of a tenant say about one scenario's customer. */
export interface Story {
  readonly asOf: string;
  readonly customer: Customer;
  readonly subscription: Subscription;
  readonly product: Product;
  /** Oldest first. */
  readonly invoices: readonly Invoice[];
  readonly latestInvoice: Invoice;
  readonly payments: readonly Payment[];
  /** Oldest first. */
  readonly usage: readonly UsageRecord[];
  readonly orders: readonly Order[];
  readonly tickets: readonly Ticket[];
  readonly incidents: readonly Incident[];
  readonly securityEvents: readonly SecurityEvent[];
  /** All of the tenant's. */
  readonly promotions: readonly Promotion[];
  readonly products: readonly Product[];
}

/** @throws RangeError when the dataset has no such customer with a subscription and an invoice. */
export function storyOf(dataset: Dataset, asOf: string, customerId: number): Story {
  const ownedBy = (record: { customer_id: number }) => record.customer_id === customerId;
  const subscription = known(dataset.subscriptions.find(ownedBy), 'subscription', customerId);
  const { subscription_id, product_id } = subscription;
  const onSubscription = (record: { subscription_id: number }) => record.subscription_id === subscription_id;
  const invoices = dataset.invoices.filter(onSubscription);
  const invoiceIds = new Set(invoices.map((invoice) => invoice.invoice_id));
  return {
    asOf,
    customer: known(dataset.customers.find(ownedBy), 'profile', customerId),
    subscription,
    product: known(
      dataset.products.find((product) => product.product_id === product_id),
      'product',
      customerId,
    ),
    invoices,
    latestInvoice: known(invoices.at(-1), 'invoice', customerId),
    payments: dataset.payments.filter((payment) => invoiceIds.has(payment.invoice_id)),
    usage: dataset.usage.filter(onSubscription),
    orders: dataset.orders.filter(ownedBy),
    tickets: dataset.tickets.filter(ownedBy),
    incidents: dataset.incidents.filter(onSubscription),
    securityEvents: dataset.securityEvents.filter(ownedBy),
    promotions: dataset.promotions,
    products: dataset.products,
  };
}

function known<T>(value: T | undefined, what: string, customerId: number): T {
  if (value === undefined) {
    throw new RangeError(`The dataset has no ${what} for customer ${customerId}.`);
  }
  return value;
}
