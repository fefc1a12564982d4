import type { Invoice, Payment } from './model.ts';
import { sumCents, toCents, toDollars } from './money.ts';

/** What is paid and what is still to be paid of one invoice, in dollars. */
export interface InvoiceBalance {
  readonly settled: number;
  readonly outstanding: number;
}

export interface BillingSummary {
  /** The sum of what is outstanding, in dollars. */
  readonly total_due: number;
  readonly invoices: { invoice_id: number; outstanding: number }[];
}

/** A failed payment moved no money; a partial one did. */
export function countsAsSettled(payment: Payment): boolean {
  return payment.status !== 'failed';
}

/** The payments of one invoice. */
export function paymentsOf(invoice: Invoice, payments: readonly Payment[]): Payment[] {
  return payments.filter((payment) => payment.invoice_id === invoice.invoice_id);
}

/**
 * The balance of an invoice. Payments of other invoices are ignored, and an overpaid invoice has nothing
 * outstanding rather than a negative amount.
 */
export function balanceOf(invoice: Invoice, payments: readonly Payment[]): InvoiceBalance {
  const settled = sumCents(
    paymentsOf(invoice, payments)
      .filter(countsAsSettled)
      .map((payment) => payment.amount),
  );
  return {
    settled: toDollars(settled),
    outstanding: toDollars(Math.max(0, toCents(invoice.amount) - settled)),
  };
}

/** What a customer owes over all invoices, in the order in which the invoices are given. */
export function billingSummary(invoices: readonly Invoice[], payments: readonly Payment[]): BillingSummary {
  const balances = invoices.map((invoice) => ({
    invoice_id: invoice.invoice_id,
    outstanding: balanceOf(invoice, payments).outstanding,
  }));
  return {
    total_due: toDollars(sumCents(balances.map((balance) => balance.outstanding))),
    invoices: balances,
  };
}
