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

export function aTicket(fields: Partial<Ticket>): Ticket {
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
