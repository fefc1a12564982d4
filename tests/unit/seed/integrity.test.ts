import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import * as model from '#contoso/rules/model';
import type { Dataset } from '#seed/writing/dataset';
import { datasetOf, samples, titleOf } from './samples.ts';

const schemas: { readonly [Table in keyof Dataset]: z.ZodType } = {
  customers: model.customer,
  products: model.product,
  subscriptions: model.subscription,
  invoices: model.invoice,
  payments: model.payment,
  usage: model.usageDay,
  promotions: model.promotion,
  securityEvents: model.securityEvent,
  orders: model.order,
  tickets: model.ticket,
  incidents: model.incident,
  documents: model.knowledgeDocument,
};

function byId<T>(records: readonly T[], idOf: (record: T) => number): (id: number) => T {
  const map = new Map(records.map((record) => [idOf(record), record]));
  return (id) => {
    const record = map.get(id);
    expect(record, `id ${id}`).toBeDefined();
    return record as T;
  };
}

describe.each(samples.map((options) => [titleOf(options), options] as const))('%s', (_title, options) => {
  const dataset = datasetOf(options);
  const { asOf } = options;
  const instant = `${asOf}T00:00:00.000Z`;
  const customerOf = byId(dataset.customers, (record) => record.customer_id);
  const productOf = byId(dataset.products, (record) => record.product_id);
  const subscriptionOf = byId(dataset.subscriptions, (record) => record.subscription_id);
  const invoiceOf = byId(dataset.invoices, (record) => record.invoice_id);

  /** The day lies in the life of the subscription and before the data's today. */
  function expectInLife(subscriptionId: number, day: string): void {
    const { start_date, end_date } = subscriptionOf(subscriptionId);
    expect(day >= start_date && day <= end_date && day < asOf, `${subscriptionId} on ${day}`).toBe(true);
  }

  test.each(Object.keys(schemas) as (keyof Dataset)[])('every record of %s fits the model', (table) => {
    const wrong = dataset[table].filter((record) => !schemas[table].safeParse(record).success);
    expect(wrong).toEqual([]);
    expect(dataset[table].length).toBeGreaterThan(0);
  });

  test('ids ascend from 1 without a gap', () => {
    const ids = [
      dataset.customers.map((record) => record.customer_id),
      dataset.products.map((record) => record.product_id),
      dataset.subscriptions.map((record) => record.subscription_id),
      dataset.invoices.map((record) => record.invoice_id),
      dataset.payments.map((record) => record.payment_id),
      dataset.promotions.map((record) => record.promotion_id),
      dataset.securityEvents.map((record) => record.event_id),
      dataset.orders.map((record) => record.order_id),
      dataset.tickets.map((record) => record.ticket_id),
      dataset.incidents.map((record) => record.incident_id),
    ];
    for (const list of ids) {
      expect(list).toEqual(list.map((_, place) => place + 1));
    }
  });

  test('money has two decimals', () => {
    const amounts = [
      ...dataset.invoices.map((record) => record.amount),
      ...dataset.payments.map((record) => record.amount),
      ...dataset.orders.map((record) => record.amount),
      ...dataset.products.map((record) => record.monthly_fee),
    ];
    expect(amounts.filter((amount) => Number(amount.toFixed(2)) !== amount)).toEqual([]);
  });

  test('subscriptions belong to a customer, have a plan, and are active only in their year', () => {
    for (const subscription of dataset.subscriptions) {
      customerOf(subscription.customer_id);
      expect(productOf(subscription.product_id).category).not.toBe('addon');
      expect(subscription.start_date < asOf).toBe(true);
      if (subscription.status === 'active') {
        expect(subscription.end_date > asOf).toBe(true);
      }
    }
  });

  test('invoices fall into the life of their subscription', () => {
    for (const invoice of dataset.invoices) {
      expectInLife(invoice.subscription_id, invoice.invoice_date);
      expect(invoice.due_date > invoice.invoice_date).toBe(true);
    }
  });

  test('payments come after their invoice, before today, and never exceed it', () => {
    const settled = new Map<number, number>();
    for (const { invoice_id, payment_date, amount, status } of dataset.payments) {
      expect(payment_date >= invoiceOf(invoice_id).invoice_date && payment_date < asOf).toBe(true);
      settled.set(invoice_id, (settled.get(invoice_id) ?? 0) + (status === 'failed' ? 0 : amount));
    }
    for (const [invoiceId, amount] of settled) {
      expect(amount).toBeLessThanOrEqual(invoiceOf(invoiceId).amount);
    }
  });

  test('usage has each day once, in the life of the subscription', () => {
    const days = new Set<string>();
    for (const { subscription_id, usage_date } of dataset.usage) {
      expectInLife(subscription_id, usage_date);
      days.add(`${subscription_id} ${usage_date}`);
    }
    expect(days.size).toBe(dataset.usage.length);
  });

  test("a ticket's subscription is its customer's; it opened in its life and closed later", () => {
    for (const { subscription_id, customer_id, opened_at, closed_at, status } of dataset.tickets) {
      expect(subscriptionOf(subscription_id).customer_id).toBe(customer_id);
      expectInLife(subscription_id, opened_at.slice(0, 10));
      expect(closed_at !== null).toBe(status === 'closed');
      expect(closed_at === null || (closed_at > opened_at && closed_at <= instant)).toBe(true);
    }
  });

  test('incidents fall into the life of their subscription; open ones concern active subscriptions', () => {
    for (const { subscription_id, incident_date, status } of dataset.incidents) {
      expectInLife(subscription_id, incident_date);
      expect(status === 'resolved' || subscriptionOf(subscription_id).status === 'active').toBe(true);
    }
  });

  test('orders belong to a customer; only returned ones have a return date, after the order date', () => {
    for (const { customer_id, order_date, status, returned_date } of dataset.orders) {
      customerOf(customer_id);
      expect(order_date < asOf).toBe(true);
      expect(returned_date !== null).toBe(status === 'returned');
      expect(returned_date === null || (returned_date > order_date && returned_date < asOf)).toBe(true);
    }
  });

  test('security events belong to a customer, are past, and their ids ascend with time', () => {
    const times = dataset.securityEvents.map((event) => event.event_time);
    expect(times).toEqual(times.toSorted());
    expect(times.filter((time) => time >= instant)).toEqual([]);
    for (const { customer_id } of dataset.securityEvents) {
      customerOf(customer_id);
    }
  });

  test('promotions end after they start', () => {
    expect(dataset.promotions.filter((offer) => offer.end_date <= offer.start_date)).toEqual([]);
  });
});
