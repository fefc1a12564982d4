import type { Faker } from '@faker-js/faker';
import { type Invoice, type Payment, paymentMethods } from '#contoso/rules/model';
import { toCents, toDollars } from '#contoso/rules/money';
import { addDays, earlier } from './calendar.ts';
import type { SeedContext } from './context.ts';
import { deal, zip } from './deal.ts';
import { paymentTermDays } from './invoices.ts';

const partInPercent = { min: 20, max: 80 };

/** One payment for each invoice: in full, in part, or one that failed. */
export function generatePayments(context: SeedContext, invoices: readonly Invoice[]): Payment[] {
  const random = context.randomFor('payments');
  const outcomes = deal(random, invoices.length, [
    ['successful', 0.75],
    ['failed', 0.1],
    ['partial', 0.15],
  ] as const);
  return zip(invoices, outcomes).map(([invoice, status]) => ({
    payment_id: context.nextId('payment'),
    invoice_id: invoice.invoice_id,
    payment_date: paymentDate(random, invoice, context.asOf),
    amount: status === 'partial' ? partOf(random, invoice.amount) : invoice.amount,
    method: random.helpers.arrayElement(paymentMethods),
    status,
  }));
}

/** Between the invoice date and the due date, and not after yesterday. */
function paymentDate(random: Faker, invoice: Invoice, asOf: string): string {
  const delay = random.number.int({ min: 0, max: paymentTermDays });
  return earlier(addDays(invoice.invoice_date, delay), addDays(asOf, -1));
}

function partOf(random: Faker, amount: number): number {
  return toDollars(Math.round((toCents(amount) * random.number.int(partInPercent)) / 100));
}
