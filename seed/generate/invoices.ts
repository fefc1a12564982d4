import type { Faker } from '@faker-js/faker';
import type { Invoice, Product, Subscription } from '#contoso/rules/model';
import { toDollars } from '#contoso/rules/money';
import { daysBetween } from '#platform/dates';
import { addDays, later } from './calendar.ts';
import type { SeedContext } from './context.ts';
import { lastDayOfUse } from './subscriptions.ts';

/** Invoices are due this many days after their date. */
export const paymentTermDays = 14;

const invoicedDays = 120;
const invoicesEach = { min: 8, max: 14 };
const amountInCents = { min: 4_000, max: 13_000 };

/** Eight to fourteen invoices for each subscription, within its last 120 days of use. */
export function generateInvoices(
  context: SeedContext,
  subscriptions: readonly Subscription[],
  products: readonly Product[],
): Invoice[] {
  const random = context.randomFor('invoices');
  const names = new Map(products.map((product) => [product.product_id, product.name]));
  return subscriptions.flatMap((subscription) =>
    invoiceDates(random, subscription, context.asOf).map((invoice_date) => ({
      invoice_id: context.nextId('invoice'),
      subscription_id: subscription.subscription_id,
      invoice_date,
      due_date: addDays(invoice_date, paymentTermDays),
      amount: toDollars(random.number.int(amountInCents)),
      description: `${names.get(subscription.product_id)}, charges to ${invoice_date}`,
    })),
  );
}

/** Different days, oldest first. */
function invoiceDates(random: Faker, subscription: Subscription, asOf: string): string[] {
  const last = lastDayOfUse(subscription, asOf);
  const first = later(subscription.start_date, addDays(last, 1 - invoicedDays));
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, offset) => addDays(first, offset));
  return random.helpers.arrayElements(days, random.number.int(invoicesEach)).toSorted();
}
