import * as z from 'zod';
import type { Codec } from '#platform/storage/codec';
import {
  double,
  flag,
  integer,
  json,
  listOf,
  nullable,
  oneOf,
  recordCodec,
  text,
} from '#platform/storage/codec';
import * as model from '../rules/model.ts';
import { money } from './money-field.ts';
import type { AccountPart, AccountRecords, Receipt, Spending } from './tenant-store.ts';

const unconfirmedPayment = z.object({ at: z.iso.datetime(), cents: z.int().min(1) });

/** How each record of the business is kept in Table Storage. */

export const customer = recordCodec<model.Customer>({
  customer_id: integer,
  first_name: text,
  last_name: text,
  email: text,
  phone: text,
  address: text,
  loyalty_level: oneOf(model.loyaltyLevels),
});

export const product = recordCodec<model.Product>({
  product_id: integer,
  name: text,
  description: text,
  category: oneOf(model.productCategories),
  monthly_fee: money,
});

export const promotion = recordCodec<model.Promotion>({
  promotion_id: integer,
  name: text,
  description: text,
  start_date: text,
  end_date: text,
  discount_percent: double,
  loyalty_levels: listOf(model.loyaltyLevels),
  minimum_subscription_days: integer,
});

const subscription = recordCodec<model.Subscription>({
  subscription_id: integer,
  customer_id: integer,
  product_id: integer,
  start_date: text,
  end_date: text,
  status: oneOf(model.subscriptionStatuses),
  service_status: oneOf(model.serviceStatuses),
  roaming_enabled: flag,
  autopay_enabled: flag,
  speed_tier: oneOf(model.speedTiers),
  data_cap_gb: nullable(integer),
});

const invoice = recordCodec<model.Invoice>({
  invoice_id: integer,
  subscription_id: integer,
  invoice_date: text,
  due_date: text,
  amount: money,
  description: text,
});

const payment = recordCodec<model.Payment>({
  payment_id: integer,
  invoice_id: integer,
  payment_date: text,
  amount: money,
  method: oneOf(model.paymentMethods),
  status: oneOf(model.payment.shape.status.options),
});

const order = recordCodec<model.Order>({
  order_id: integer,
  customer_id: integer,
  product_name: text,
  amount: money,
  order_date: text,
  status: oneOf(model.order.shape.status.options),
  returned_date: nullable(text),
});

const ticket = recordCodec<model.Ticket>({
  ticket_id: integer,
  customer_id: integer,
  subscription_id: integer,
  category: oneOf(model.ticketCategories),
  priority: oneOf(model.ticketPriorities),
  status: oneOf(model.ticket.shape.status.options),
  subject: text,
  description: text,
  opened_at: text,
  closed_at: nullable(text),
});

const securityEvent = recordCodec<model.SecurityEvent>({
  event_id: integer,
  customer_id: integer,
  event_type: oneOf(model.securityEvent.shape.event_type.options),
  event_time: text,
  description: text,
});

const incident = recordCodec<model.Incident>({
  incident_id: integer,
  subscription_id: integer,
  incident_date: text,
  description: text,
  status: oneOf(model.incident.shape.status.options),
});

export const usageDay = recordCodec<model.UsageDay>({
  usage_date: text,
  data_used_mb: double,
  voice_minutes: integer,
  sms_count: integer,
});

export const knowledgeDocument = recordCodec<model.KnowledgeDocument>({
  slug: text,
  title: text,
  doc_type: oneOf(model.knowledgeDocument.shape.doc_type.options),
  content: text,
});

export const receipt = recordCodec<Receipt>({ key: text, digest: text, answer: json });

export const spending = recordCodec<Spending>({
  spender: text,
  payments: {
    encode: json.encode,
    decode: (stored) => z.array(unconfirmedPayment).parse(json.decode(stored)),
  },
});

/** The records of a customer's partition, by kind. */
export const accountRecords: { readonly [Part in AccountPart]: Codec<AccountRecords[Part]> } = {
  profile: customer,
  subscription,
  invoice,
  payment,
  order,
  ticket,
  securityEvent,
  incident,
};
