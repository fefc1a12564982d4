import type { Dataset } from '../../seed/writing/dataset.ts';
import {
  aCustomer,
  anEvent,
  anInvoice,
  aPayment,
  aProduct,
  aPromotion,
  aSubscription,
} from './small-records.ts';

import { service } from './small-service.ts';

/** The moment at which the small company is looked at. */
export const smallNow = new Date('2026-03-15T12:00:00.000Z');

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

/** Three customers whose every number can be checked by hand. */
export const smallDataset: Dataset = { ...people, ...catalog, ...books, ...service };
