import * as z from 'zod';

/**
 * The records of the business as they are stored and returned.
 * Ids are positive integers, dates `YYYY-MM-DD`, times ISO 8601 in UTC, money in dollars with two decimals.
 */
const id = z.int().min(1).max(9_999_999_999);
const date = z.iso.date();
const time = z.iso.datetime();
const money = z.number().min(0).describe('Dollars.');

export const loyaltyLevels = ['Bronze', 'Silver', 'Gold'] as const;
export const serviceStatuses = ['normal', 'slow', 'offline'] as const;
export const subscriptionStatuses = ['active', 'inactive'] as const;
export const productCategories = ['mobile', 'internet', 'bundle', 'addon'] as const;
export const paymentMethods = ['credit_card', 'ach', 'paypal', 'apple_pay'] as const;
export const ticketCategories = ['billing', 'technical', 'account', 'call_drop', 'sms_issue'] as const;
export const ticketPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export const speedTiers = ['50Mbps', '100Mbps', '300Mbps', '500Mbps', '1Gbps'] as const;

export const customer = z.object({
  customer_id: id,
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone: z.string(),
  address: z.string(),
  loyalty_level: z.enum(loyaltyLevels),
});
export type Customer = z.infer<typeof customer>;

/** What a list of customers shows of each. */
export const customerSummary = customer.omit({ phone: true, address: true });
export type CustomerSummary = z.infer<typeof customerSummary>;

export const product = z.object({
  product_id: id,
  name: z.string(),
  description: z.string(),
  category: z.enum(productCategories),
  monthly_fee: money,
});
export type Product = z.infer<typeof product>;

export const subscription = z.object({
  subscription_id: id,
  customer_id: id,
  product_id: id,
  start_date: date,
  end_date: date,
  status: z.enum(subscriptionStatuses),
  service_status: z.enum(serviceStatuses),
  roaming_enabled: z.boolean(),
  autopay_enabled: z.boolean(),
  speed_tier: z.enum(speedTiers),
  /** GB per billing cycle (30 days); null is unlimited. */
  data_cap_gb: z.int().min(1).nullable(),
});
export type Subscription = z.infer<typeof subscription>;

export const invoice = z.object({
  invoice_id: id,
  subscription_id: id,
  invoice_date: date,
  due_date: date,
  amount: money,
  description: z.string(),
});
export type Invoice = z.infer<typeof invoice>;

export const payment = z.object({
  payment_id: id,
  invoice_id: id,
  payment_date: date,
  amount: money,
  method: z.enum(paymentMethods),
  status: z.enum(['successful', 'partial', 'failed']),
});
export type Payment = z.infer<typeof payment>;

export const order = z.object({
  order_id: id,
  customer_id: id,
  product_name: z.string(),
  amount: money,
  order_date: date,
  status: z.enum(['delivered', 'completed', 'pending', 'returned']),
  /** Date on which the goods came back; null unless the status is returned. */
  returned_date: date.nullable(),
});
export type Order = z.infer<typeof order>;

export const ticket = z.object({
  ticket_id: id,
  customer_id: id,
  subscription_id: id,
  category: z.enum(ticketCategories),
  priority: z.enum(ticketPriorities),
  status: z.enum(['open', 'pending', 'closed']),
  subject: z.string(),
  description: z.string(),
  opened_at: time,
  closed_at: time.nullable(),
});
export type Ticket = z.infer<typeof ticket>;

export const securityEvent = z.object({
  event_id: id,
  customer_id: id,
  event_type: z.enum(['login_attempt', 'account_locked', 'account_unlocked']),
  event_time: time,
  description: z.string(),
});
export type SecurityEvent = z.infer<typeof securityEvent>;

export const incident = z.object({
  incident_id: id,
  subscription_id: id,
  incident_date: date,
  description: z.string(),
  status: z.enum(['investigating', 'resolved']),
});
export type Incident = z.infer<typeof incident>;

export const usageDay = z.object({
  usage_date: date,
  data_used_mb: z.number().min(0),
  voice_minutes: z.int().min(0),
  sms_count: z.int().min(0),
});
export type UsageDay = z.infer<typeof usageDay>;

export const promotion = z.object({
  promotion_id: id,
  name: z.string(),
  description: z.string(),
  start_date: date,
  end_date: date,
  discount_percent: z.number().min(0).max(100),
  /** Levels that may have it; an empty list is open to all. */
  loyalty_levels: z.array(z.enum(loyaltyLevels)),
  /** Days since the oldest active subscription began; 0 asks for none. */
  minimum_subscription_days: z.int().min(0),
});
export type Promotion = z.infer<typeof promotion>;

export const knowledgeDocument = z.object({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  doc_type: z.enum(['policy', 'procedure', 'guide', 'faq']),
  content: z.string(),
});
export type KnowledgeDocument = z.infer<typeof knowledgeDocument>;
