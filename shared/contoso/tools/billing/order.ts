import { newestFirst } from '#platform/dates';
import type { Invoice, Payment } from '../../rules/model.ts';

/** Invoices with the newest first. */
export function newestInvoices(invoices: readonly Invoice[]): Invoice[] {
  return newestFirst(
    invoices,
    (invoice) => invoice.invoice_date,
    (invoice) => invoice.invoice_id,
  );
}

/** Payments with the newest first. */
export function newestPayments(payments: readonly Payment[]): Payment[] {
  return newestFirst(
    payments,
    (payment) => payment.payment_date,
    (payment) => payment.payment_id,
  );
}
