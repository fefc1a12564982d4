import type {
  Customer,
  Invoice,
  Payment,
  Product,
  Promotion,
  SecurityEvent,
  Subscription,
  Ticket,
} from '#contoso/rules/model';
import type { Dataset } from '../../seed/writing/dataset.ts';

/** The moment at which the small company is looked at. */
export const smallNow = new Date('2026-03-15T12:00:00.000Z');

/** Records with plain defaults, so that a test names only what it is about. */
export function aCustomer(fields: Partial<Customer> = {}): Customer {
  return {
    customer_id: 1,
    first_name: 'Ada',
    last_name: 'Stone',
    email: 'ada.stone@example.com',
    phone: '+1 555 0100',
    address: '1 Harbour Road, Springfield',
    loyalty_level: 'Gold',
    ...fields,
  };
}

export function aProduct(fields: Partial<Product> = {}): Product {
  return {
    product_id: 1,
    name: 'Mobile Plan',
    description: 'Calls, texts and data.',
    category: 'mobile',
    monthly_fee: 50,
    ...fields,
  };
}

export function aSubscription(fields: Partial<Subscription> = {}): Subscription {
  return {
    subscription_id: 11,
    customer_id: 1,
    product_id: 1,
    start_date: '2025-06-01',
    end_date: '2026-05-31',
    status: 'active',
    service_status: 'normal',
    roaming_enabled: false,
    autopay_enabled: true,
    speed_tier: '100Mbps',
    data_cap_gb: 10,
    ...fields,
  };
}

export function anInvoice(fields: Partial<Invoice> = {}): Invoice {
  return {
    invoice_id: 101,
    subscription_id: 11,
    invoice_date: '2026-03-01',
    due_date: '2026-03-15',
    amount: 60,
    description: 'Monthly charge',
    ...fields,
  };
}

export function aPayment(fields: Partial<Payment> = {}): Payment {
  return {
    payment_id: 1001,
    invoice_id: 101,
    payment_date: '2026-03-05',
    amount: 20,
    method: 'credit_card',
    status: 'successful',
    ...fields,
  };
}

export function aPromotion(fields: Partial<Promotion> = {}): Promotion {
  return {
    promotion_id: 1,
    name: 'Spring',
    description: 'Ten percent off.',
    start_date: '2026-03-01',
    end_date: '2026-03-31',
    discount_percent: 10,
    loyalty_levels: [],
    minimum_subscription_days: 0,
    ...fields,
  };
}

export function anEvent(fields: Partial<SecurityEvent> = {}): SecurityEvent {
  return {
    event_id: 1,
    customer_id: 2,
    event_type: 'login_attempt',
    event_time: '2026-03-15T11:40:00.000Z',
    description: 'Wrong password',
    ...fields,
  };
}

function aTicket(fields: Partial<Ticket>): Ticket {
  return {
    ticket_id: 1,
    customer_id: 1,
    subscription_id: 11,
    category: 'technical',
    priority: 'normal',
    status: 'open',
    subject: 'Slow in the evening',
    description: 'Pages load slowly after eight.',
    opened_at: '2026-03-10T09:00:00.000Z',
    closed_at: null,
    ...fields,
  };
}

/** Customers: 1 has everything, 2 is locked out, 3 has nothing at all. */
const people = {
  customers: [
    aCustomer(),
    aCustomer({
      customer_id: 2,
      first_name: 'Ben',
      last_name: 'Reed',
      email: 'ben.reed@example.com',
      loyalty_level: 'Bronze',
    }),
    aCustomer({
      customer_id: 3,
      first_name: 'Cleo',
      last_name: 'Voss',
      email: 'cleo.voss@example.com',
      loyalty_level: 'Silver',
    }),
  ],
  subscriptions: [
    aSubscription(),
    aSubscription({ subscription_id: 12, product_id: 3, status: 'inactive', start_date: '2024-01-01' }),
    aSubscription({ subscription_id: 21, customer_id: 2, product_id: 2, start_date: '2026-02-01' }),
  ],
  securityEvents: [
    anEvent(),
    anEvent({ event_id: 2, event_time: '2026-03-15T11:44:00.000Z' }),
    anEvent({
      event_id: 3,
      event_type: 'account_locked',
      event_time: '2026-03-15T11:48:00.000Z',
      description: 'Too many failed logins',
    }),
  ],
} satisfies Partial<Dataset>;

const catalog = {
  products: [
    aProduct(),
    aProduct({ product_id: 2, name: 'Internet Plan', category: 'internet', monthly_fee: 60 }),
    aProduct({ product_id: 3, name: 'Bundle Plan', category: 'bundle', monthly_fee: 90 }),
    aProduct({ product_id: 4, name: 'Roaming', category: 'addon', monthly_fee: 20 }),
  ],
  promotions: [
    aPromotion(),
    aPromotion({
      promotion_id: 2,
      name: 'Gold Ninety',
      loyalty_levels: ['Gold'],
      minimum_subscription_days: 90,
    }),
    aPromotion({ promotion_id: 3, name: 'Summer', start_date: '2026-06-01', end_date: '2026-08-31' }),
    aPromotion({ promotion_id: 4, name: 'Winter', start_date: '2025-12-01', end_date: '2026-02-28' }),
    aPromotion({ promotion_id: 5, name: 'Silver Only', loyalty_levels: ['Silver'] }),
  ],
} satisfies Partial<Dataset>;

/** Invoice 101 is unpaid, 102 has 50 of 80 outstanding, 103 is settled; 104 and 201 belong to others. */
const books = {
  invoices: [
    anInvoice(),
    anInvoice({ invoice_id: 102, invoice_date: '2026-02-01', due_date: '2026-02-15', amount: 80 }),
    anInvoice({ invoice_id: 103, invoice_date: '2026-01-01', due_date: '2026-01-15', amount: 40.1 }),
    anInvoice({ invoice_id: 104, subscription_id: 12, invoice_date: '2025-12-01', amount: 90 }),
    anInvoice({ invoice_id: 201, subscription_id: 21, amount: 75.5 }),
  ],
  payments: [
    aPayment({ invoice_id: 102, payment_date: '2026-02-10', amount: 30, status: 'partial' }),
    aPayment({
      payment_id: 1002,
      invoice_id: 102,
      payment_date: '2026-02-12',
      amount: 50,
      status: 'failed',
    }),
    aPayment({ payment_id: 1003, invoice_id: 103, payment_date: '2026-01-10', amount: 40.1 }),
  ],
} satisfies Partial<Dataset>;

const service = {
  usage: [1, 2, 3].map((day) => ({
    subscription_id: 11,
    usage_date: `2026-03-0${day}`,
    data_used_mb: day * 100.5,
    voice_minutes: day * 10,
    sms_count: day,
  })),
  orders: [
    {
      order_id: 1,
      customer_id: 1,
      product_name: 'Router',
      amount: 75,
      order_date: '2026-01-20',
      status: 'returned',
      returned_date: '2026-02-18',
    },
    {
      order_id: 2,
      customer_id: 1,
      product_name: 'Phone case',
      amount: 19.99,
      order_date: '2026-03-02',
      status: 'delivered',
      returned_date: null,
    },
  ],
  tickets: [
    aTicket({ ticket_id: 1 }),
    aTicket({
      ticket_id: 2,
      status: 'closed',
      opened_at: '2026-01-05T09:00:00.000Z',
      closed_at: '2026-01-07T09:00:00.000Z',
    }),
    aTicket({ ticket_id: 3, status: 'pending', opened_at: '2026-03-12T09:00:00.000Z' }),
  ],
  incidents: [
    {
      incident_id: 1,
      subscription_id: 11,
      incident_date: '2026-02-20',
      description: 'A cut cable near the harbour',
      status: 'resolved',
    },
    {
      incident_id: 2,
      subscription_id: 11,
      incident_date: '2026-03-13',
      description: 'Low signal in the evening',
      status: 'investigating',
    },
    {
      incident_id: 3,
      subscription_id: 12,
      incident_date: '2026-03-14',
      description: 'Planned work',
      status: 'investigating',
    },
  ],
  documents: [
    {
      slug: 'return-policy',
      title: 'Return Policy',
      doc_type: 'policy',
      content: 'Goods can be returned within 30 days. The refund takes 7 to 10 business days.',
    },
    {
      slug: 'account-unlock-procedure',
      title: 'Account Unlock Procedure',
      doc_type: 'procedure',
      content: 'Verify the identity, then a second factor, then reset the password.',
    },
  ],
} satisfies Partial<Dataset>;

/** Three customers whose every number can be checked by hand. */
export const smallDataset: Dataset = { ...people, ...catalog, ...books, ...service };
