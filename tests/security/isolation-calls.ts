import { expect } from 'vitest';
import type { Answer } from './door.ts';
import { type Era, eras } from './door-messages.ts';

export const owners = ['alpha', 'beta'] as const;

/** The same ids for both tenants; together they show every free text that the tools return. */
export const calls = (owner: string): readonly (readonly [string, Record<string, unknown>])[] => [
  ['get_all_customers', {}],
  ['get_all_customers', { search: 'stone' }],
  ['get_customer_detail', { customer_id: 1 }],
  ['get_subscription_detail', { subscription_id: 11 }],
  ['get_invoice_payments', { invoice_id: 101 }],
  ['get_billing_summary', { customer_id: 1 }],
  ['get_data_usage', { subscription_id: 11, start_date: '2026-03-01', end_date: '2026-03-03' }],
  ['get_promotions', {}],
  ['get_eligible_promotions', { customer_id: 1 }],
  ['get_products', {}],
  ['get_product_detail', { product_id: 1 }],
  ['get_customer_orders', { customer_id: 1 }],
  ['get_support_tickets', { customer_id: 1 }],
  ['search_knowledge_base', { query: 'return policy refund', topk: 2 }],
  ['get_security_logs', { customer_id: 2 }],
  ['get_customer_detail', { customer_id: 4_040 }],
  ['get_customer_detail', { customer: `${owner}-argument` }],
  ['pay_invoice', { invoice_id: 101, amount: 0.01, idempotency_key: 'the-same-key' }],
  [
    'create_support_ticket',
    {
      customer_id: 1,
      subscription_id: 11,
      category: 'billing',
      priority: 'low',
      subject: `${owner}-written`,
      description: `${owner}-written`,
    },
  ],
  ['unlock_account', { customer_id: 2, reason: `${owner}-argument` }],
];

export interface Planned {
  readonly who: 0 | 1;
  readonly era: Era;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** `count` calls in which tenants, eras and tools alternate. */
export function plan(count: number): Planned[] {
  return Array.from({ length: count }, (_, index) => {
    const who = (index % 2) as 0 | 1;
    const era = eras[Math.floor(index / 2) % 2] ?? eras[0];
    const list = calls(owners[who]);
    const [name, args] = list[Math.floor(index / 4) % list.length] ?? expect.fail('no call');
    return { who, era, name, args };
  });
}

export const bytesOf = ({ text, headers }: Answer) => `${text}\n${[...headers].join('\n')}`;
