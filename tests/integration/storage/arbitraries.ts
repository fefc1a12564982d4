import fc from 'fast-check';
import * as model from '#contoso/rules/model';
import type { AccountPart, AccountRecords } from '#contoso/stores/tenant-store';

/** Any record that the business can hold, for tests that write it and read it back. */

const id = fc.integer({ min: 1, max: 9_999_999_999 });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom("1' or '1'='1", '%27', '\u2028\u2029', '--changeset_', '{"a":1}', 'PUT http://x', '\r\n\0'),
);
const money = fc.integer({ min: 0, max: 100_000_000 }).map((cents) => cents / 100);
const moment = fc
  .integer({ min: 0, max: Date.parse('2099-12-31T23:59:59Z') })
  .map((milliseconds) => new Date(milliseconds).toISOString());
const day = moment.map((time) => time.slice(0, 10));

function oneOf<Value>(values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.constantFrom(...values);
}

export const anyAccount: { readonly [Part in AccountPart]: fc.Arbitrary<AccountRecords[Part]> } = {
  profile: fc.record({
    customer_id: id,
    first_name: text,
    last_name: text,
    email: text,
    phone: text,
    address: text,
    loyalty_level: oneOf(model.loyaltyLevels),
  }),
  subscription: fc.record({
    subscription_id: id,
    customer_id: id,
    product_id: id,
    start_date: day,
    end_date: day,
    status: oneOf(model.subscriptionStatuses),
    service_status: oneOf(model.serviceStatuses),
    roaming_enabled: fc.boolean(),
    autopay_enabled: fc.boolean(),
    speed_tier: oneOf(model.speedTiers),
    data_cap_gb: fc.option(fc.integer({ min: 1, max: 10_000 })),
  }),
  invoice: fc.record({
    invoice_id: id,
    subscription_id: id,
    invoice_date: day,
    due_date: day,
    amount: money,
    description: text,
  }),
  payment: fc.record({
    payment_id: id,
    invoice_id: id,
    payment_date: day,
    amount: money,
    method: oneOf(model.paymentMethods),
    status: oneOf(model.payment.shape.status.options),
  }),
  order: fc.record({
    order_id: id,
    customer_id: id,
    product_name: text,
    amount: money,
    order_date: day,
    status: oneOf(model.order.shape.status.options),
    returned_date: fc.option(day),
  }),
  ticket: fc.record({
    ticket_id: id,
    customer_id: id,
    subscription_id: id,
    category: oneOf(model.ticketCategories),
    priority: oneOf(model.ticketPriorities),
    status: oneOf(model.ticket.shape.status.options),
    subject: text,
    description: text,
    opened_at: moment,
    closed_at: fc.option(moment),
  }),
  securityEvent: fc.record({
    event_id: id,
    customer_id: id,
    event_type: oneOf(model.securityEvent.shape.event_type.options),
    event_time: moment,
    description: text,
  }),
  incident: fc.record({
    incident_id: id,
    subscription_id: id,
    incident_date: day,
    description: text,
    status: oneOf(model.incident.shape.status.options),
  }),
};
