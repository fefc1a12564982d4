import { balanceOf, paymentsOf } from '#contoso/rules/billing';
import { sumCents, toDollars } from '#contoso/rules/money';
import { daysBetween } from '#platform/dates';
import type { CompanyData } from '../companies.ts';

/** The records of a company, looked up for answer keys. Money in dollars, days as `YYYY-MM-DD`. */
export class Book {
  readonly #data: CompanyData['dataset'];
  readonly #today: string;

  constructor({ dataset }: CompanyData, today: string) {
    this.#data = dataset;
    this.#today = today;
  }

  /** Newest first. */
  invoices(customer: number) {
    const { subscription_id } = this.subscription(customer);
    return this.#data.invoices
      .filter((invoice) => invoice.subscription_id === subscription_id)
      .map((invoice) => ({
        ...invoice,
        ...balanceOf(invoice, this.#data.payments),
        payments: paymentsOf(invoice, this.#data.payments),
      }))
      .toSorted((a, b) => b.invoice_date.localeCompare(a.invoice_date) || b.invoice_id - a.invoice_id);
  }

  subscription(customer: number) {
    return found(this.#data.subscriptions.find(({ customer_id }) => customer_id === customer));
  }

  openInvoices(customer: number) {
    return this.invoices(customer).filter(({ outstanding }) => outstanding > 0);
  }

  overdue(customer: number) {
    return this.openInvoices(customer).filter(({ due_date }) => due_date < this.#today);
  }

  owed(...customers: readonly number[]): number {
    return sum(customers.flatMap((id) => this.invoices(id).map(({ outstanding }) => outstanding)));
  }

  /** Late fees as the policy gives them: from day 11, once an invoice, 5.00 or 5 %, not for less than 10.00. */
  lateFees(customer: number): number {
    const late = this.overdue(customer).filter(
      ({ due_date, outstanding }) => daysBetween(due_date, this.#today) > 10 && outstanding >= 10,
    );
    return sum(late.map(({ outstanding }) => Math.max(5, Math.round(outstanding * 5) / 100)));
  }

  billed(customer: number, month: string) {
    return this.invoices(customer).filter(({ invoice_date }) => invoice_date.startsWith(month));
  }

  paidSince(customer: number, day: string): number {
    const payments = this.invoices(customer).flatMap((invoice) => invoice.payments);
    return sum(
      payments
        .filter(({ status, payment_date }) => status !== 'failed' && payment_date >= day)
        .map(({ amount }) => amount),
    );
  }

  failed(customer: number) {
    return this.invoices(customer)
      .flatMap((invoice) => invoice.payments)
      .filter(({ status }) => status === 'failed');
  }

  usage(customer: number, from: string, to: string) {
    const { subscription_id } = this.subscription(customer);
    const days = this.#data.usage.filter(
      (day) => day.subscription_id === subscription_id && day.usage_date >= from && day.usage_date <= to,
    );
    return {
      days,
      gigabytes: days.reduce((all, { data_used_mb }) => all + data_used_mb, 0) / 1_000,
      minutes: days.reduce((all, { voice_minutes }) => all + voice_minutes, 0),
      texts: days.reduce((all, { sms_count }) => all + sms_count, 0),
    };
  }

  orders(customer: number) {
    return this.#data.orders.filter(({ customer_id }) => customer_id === customer);
  }
}

export function sum(dollars: readonly number[]): number {
  return toDollars(sumCents(dollars));
}

export function mean(dollars: readonly number[]): number {
  return sum(dollars) / dollars.length;
}

export function found<T>(record: T | undefined): T {
  if (record === undefined) {
    throw new Error('An answer key names a record that the seed does not have.');
  }
  return record;
}
