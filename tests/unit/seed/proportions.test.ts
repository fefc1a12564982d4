import { describe, expect, test } from 'vitest';
import { daysBetween } from '#platform/dates';
import { generatedCustomers } from '#seed/generate/customers';
import { datasetOf, samples, titleOf } from './samples.ts';

/** How often each value occurs, as fractions of 1. */
function sharesOf<T>(values: readonly T[]): Map<T, number> {
  const shares = new Map<T, number>();
  for (const value of values) {
    shares.set(value, (shares.get(value) ?? 0) + 1 / values.length);
  }
  return shares;
}

describe.each(samples.map((options) => [titleOf(options), options] as const))('%s', (_title, options) => {
  const dataset = datasetOf(options);
  const generated = <T extends { customer_id: number }>(records: readonly T[]) =>
    records.filter((record) => record.customer_id <= generatedCustomers);
  const subscriptions = generated(dataset.subscriptions);
  const subscriptionIds = new Set(subscriptions.map((subscription) => subscription.subscription_id));
  const ofGenerated = <T extends { subscription_id: number }>(records: readonly T[]) =>
    records.filter((record) => subscriptionIds.has(record.subscription_id));
  const invoices = ofGenerated(dataset.invoices);
  const invoiceIds = new Set(invoices.map((invoice) => invoice.invoice_id));
  const payments = dataset.payments.filter((payment) => invoiceIds.has(payment.invoice_id));

  test('250 generated customers and nine with a scenario', () => {
    expect(generated(dataset.customers)).toHaveLength(250);
    expect(dataset.customers).toHaveLength(259);
    expect(new Set(dataset.customers.map((customer) => customer.loyalty_level)).size).toBe(3);
  });

  test('the catalog has the four products at their prices', () => {
    const prices = dataset.products.slice(0, 4).map((product) => [product.category, product.monthly_fee]);
    expect(prices).toEqual([
      ['mobile', 50],
      ['internet', 60],
      ['bundle', 90],
      ['addon', 20],
    ]);
  });

  test('one subscription each, started 60 to 450 days ago for a year, 88 % active', () => {
    expect(subscriptions.map((subscription) => subscription.customer_id)).toEqual(
      generated(dataset.customers).map((customer) => customer.customer_id),
    );
    for (const { start_date, end_date } of subscriptions) {
      expect(daysBetween(start_date, options.asOf)).toBeGreaterThanOrEqual(60);
      expect(daysBetween(start_date, options.asOf)).toBeLessThanOrEqual(450);
      expect(daysBetween(start_date, end_date)).toBe(365);
    }
    expect(sharesOf(subscriptions.map(({ status }) => status)).get('active')).toBeCloseTo(0.88, 2);
  });

  test('service 80 % normal, 15 % slow, 5 % offline; every tier and cap occurs', () => {
    const services = sharesOf(subscriptions.map(({ service_status }) => service_status));
    expect(services.get('normal')).toBeCloseTo(0.8, 2);
    expect(services.get('slow')).toBeCloseTo(0.15, 1);
    expect(services.get('offline')).toBeCloseTo(0.05, 1);
    expect(new Set(subscriptions.map(({ speed_tier }) => speed_tier)).size).toBe(5);
    expect(new Set(subscriptions.map(({ data_cap_gb }) => data_cap_gb))).toEqual(
      new Set([10, 20, 50, 100, null]),
    );
  });

  test('8 to 14 invoices each within 120 days, 40 to 130, due after 14 days', () => {
    for (const { subscription_id } of subscriptions) {
      const own = invoices.filter((invoice) => invoice.subscription_id === subscription_id);
      expect(own.length).toBeGreaterThanOrEqual(8);
      expect(own.length).toBeLessThanOrEqual(14);
      const [first, last] = [own[0]?.invoice_date ?? '', own.at(-1)?.invoice_date ?? ''];
      expect(daysBetween(first, last)).toBeLessThan(120);
    }
    for (const { amount, invoice_date, due_date } of invoices) {
      expect(amount).toBeGreaterThanOrEqual(40);
      expect(amount).toBeLessThanOrEqual(130);
      expect(daysBetween(invoice_date, due_date)).toBe(14);
    }
  });

  test('75 % of invoices paid, 10 % failed, 15 % paid in part: 20 to 80 %', () => {
    const statuses = sharesOf(payments.map(({ status }) => status));
    expect(payments).toHaveLength(invoices.length);
    expect(statuses.get('successful')).toBeCloseTo(0.75, 3);
    expect(statuses.get('failed')).toBeCloseTo(0.1, 3);
    expect(statuses.get('partial')).toBeCloseTo(0.15, 3);
    const amounts = new Map(invoices.map((invoice) => [invoice.invoice_id, invoice.amount]));
    for (const { invoice_id, amount } of payments.filter(({ status }) => status === 'partial')) {
      const part = amount / (amounts.get(invoice_id) ?? 0);
      expect(part).toBeGreaterThan(0.199);
      expect(part).toBeLessThan(0.801);
    }
  });

  test('60 days of usage each, in the limits', () => {
    const usage = ofGenerated(dataset.usage);
    expect(usage).toHaveLength(60 * subscriptions.length);
    for (const day of usage) {
      expect(day.data_used_mb >= 50 && day.data_used_mb <= 1200).toBe(true);
      expect(day.voice_minutes <= 60 && day.sms_count <= 40).toBe(true);
    }
  });

  test('the counts of tickets, orders, security events and incidents, with every status', () => {
    expect(generated(dataset.tickets)).toHaveLength(120);
    expect(generated(dataset.orders)).toHaveLength(120);
    expect(generated(dataset.securityEvents)).toHaveLength(40);
    expect(ofGenerated(dataset.incidents)).toHaveLength(60);
    expect(sharesOf(dataset.tickets.map(({ status }) => status)).size).toBe(3);
    expect(sharesOf(dataset.tickets.map(({ category }) => category)).size).toBe(5);
    expect(sharesOf(dataset.orders.map(({ status }) => status)).size).toBe(4);
    expect(sharesOf(dataset.incidents.map(({ status }) => status)).size).toBe(2);
  });
});
