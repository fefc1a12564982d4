import { balanceOf } from '#contoso/rules/billing';
import type { Dataset } from '#seed/writing/dataset';

import { addon, busiest, isLocked, unpaid, without, yearBefore } from './sample-records.ts';

/** How the call is meant to end. */
export type End = 'success' | 'empty' | 'not found' | 'refused';

export interface SampleCall {
  readonly tool: string;
  readonly end: End;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A value that only a caller would send: no answer repeats it. */
export const strange = 'zebra-4711-of-the-caller';

const nobody = 999_999;

/** Calls of every tool, on records of the demo data; whoever calls has every permission. */
export function sampleCalls(data: Dataset): readonly SampleCall[] {
  const { customer_id, subscription_id } = busiest(data);
  const owed = data.invoices
    .map((invoice) => ({ invoice, ...balanceOf(invoice, data.payments) }))
    .toSorted((a, b) => b.outstanding - a.outstanding);
  const settled = owed.find(({ outstanding }) => outstanding === 0)?.invoice.invoice_id;
  const open = owed[0]?.invoice.invoice_id;
  const locked = data.customers.find((customer) => isLocked(data, customer.customer_id))?.customer_id;
  const free = data.customers.find((customer) => !isLocked(data, customer.customer_id))?.customer_id;
  const days = data.usage.filter((day) => day.subscription_id === subscription_id);
  const range = { start_date: yearBefore(days.at(-1)?.usage_date ?? ''), end_date: days.at(-1)?.usage_date };
  const ticket = { category: 'technical', priority: 'low', subject: 'Slow', description: 'Slow at night.' };
  return [
    call('get_all_customers', 'success', {}),
    call('get_all_customers', 'success', { limit: 200 }),
    call('get_all_customers', 'success', { limit: 1 }),
    call('get_all_customers', 'empty', { search: strange }),
    call('get_all_customers', 'refused', { cursor: strange }),
    call('get_customer_detail', 'success', { customer_id }),
    call('get_customer_detail', 'not found', { customer_id: nobody }),
    call('get_customer_detail', 'refused', { customer_id: strange }),
    call('get_customer_detail', 'refused', { customer_id, [strange]: strange }),
    call('get_subscription_detail', 'success', { subscription_id }),
    call('get_subscription_detail', 'not found', { subscription_id: nobody }),
    call('get_invoice_payments', 'success', { invoice_id: settled }),
    call('get_invoice_payments', 'empty', { invoice_id: unpaid(data) }),
    call('get_invoice_payments', 'not found', { invoice_id: nobody }),
    call('get_billing_summary', 'success', { customer_id }),
    call('get_billing_summary', 'not found', { customer_id: nobody }),
    call('get_data_usage', 'success', { subscription_id, ...range }),
    call('get_data_usage', 'success', { subscription_id, ...range, aggregate: true }),
    call('get_data_usage', 'empty', { subscription_id, start_date: '1999-01-01', end_date: '1999-01-31' }),
    call('get_data_usage', 'not found', { subscription_id: nobody, ...range }),
    call('get_data_usage', 'refused', { subscription_id, start_date: '2026-03-31', end_date: '2026-03-01' }),
    call('get_data_usage', 'refused', { subscription_id, start_date: '2020-01-01', end_date: '2026-03-01' }),
    call('get_data_usage', 'refused', { subscription_id, start_date: strange, end_date: '2026-03-01' }),
    call('get_promotions', 'success', {}),
    call('get_promotions', 'refused', { [strange]: 1 }),
    call('get_eligible_promotions', 'success', { customer_id }),
    call('get_eligible_promotions', 'not found', { customer_id: nobody }),
    call('get_products', 'success', {}),
    call('get_products', 'success', { category: 'mobile' }),
    call('get_products', 'refused', { category: strange }),
    call('get_product_detail', 'success', { product_id: data.products[0]?.product_id }),
    call('get_product_detail', 'not found', { product_id: nobody }),
    call('get_customer_orders', 'success', { customer_id: data.orders[0]?.customer_id }),
    call('get_customer_orders', 'empty', { customer_id: without(data, data.orders) }),
    call('get_customer_orders', 'not found', { customer_id: nobody }),
    call('get_support_tickets', 'success', { customer_id: data.tickets[0]?.customer_id }),
    call('get_support_tickets', 'empty', { customer_id: without(data, data.tickets) }),
    call('get_support_tickets', 'not found', { customer_id: nobody }),
    call('search_knowledge_base', 'success', { query: 'late payment fee', topk: 10 }),
    call('search_knowledge_base', 'empty', { query: 'xylophone' }),
    call('search_knowledge_base', 'refused', { query: '' }),
    call('get_security_logs', 'success', { customer_id: locked }),
    call('get_security_logs', 'not found', { customer_id: nobody }),
    call('create_support_ticket', 'success', { customer_id, subscription_id, ...ticket }),
    call('create_support_ticket', 'not found', { customer_id: nobody, subscription_id, ...ticket }),
    call('create_support_ticket', 'not found', { customer_id, subscription_id: nobody, ...ticket }),
    call('create_support_ticket', 'refused', { customer_id, subscription_id, ...ticket, priority: strange }),
    call('update_subscription', 'success', { subscription_id, update: { roaming_enabled: true } }),
    call('update_subscription', 'success', { subscription_id, update: { roaming_enabled: true } }),
    call('update_subscription', 'not found', { subscription_id: nobody, update: { roaming_enabled: true } }),
    call('update_subscription', 'refused', { subscription_id, update: {} }),
    call('update_subscription', 'refused', { subscription_id, update: { product_id: nobody } }),
    call('update_subscription', 'refused', { subscription_id, update: { product_id: addon(data) } }),
    call('update_subscription', 'refused', { subscription_id, update: { end_date: '1999-01-01' } }),
    call('pay_invoice', 'success', { invoice_id: open, amount: 1, idempotency_key: 'a key' }),
    call('pay_invoice', 'refused', { invoice_id: open, amount: 2, idempotency_key: 'a key' }),
    call('pay_invoice', 'refused', { invoice_id: open, amount: 400_000 }),
    call('pay_invoice', 'refused', { invoice_id: open, amount: 1.234 }),
    call('pay_invoice', 'refused', { invoice_id: settled, amount: 1 }),
    call('pay_invoice', 'not found', { invoice_id: nobody, amount: 1 }),
    call('unlock_account', 'refused', { customer_id: locked, reason: 'Identity verified.' }),
    call('unlock_account', 'refused', {
      customer_id: locked,
      reason: 'Verified.',
      confirmation_code: strange,
    }),
    call('unlock_account', 'refused', { customer_id: free, reason: 'Identity verified.' }),
    call('unlock_account', 'not found', { customer_id: nobody, reason: 'Identity verified.' }),
    ...['ask_expert', ...['billing', 'account', 'product'].map((one) => `ask_${one}_expert`)].flatMap(
      (tool) => [
        call(tool, 'success', { question: `What is known of customer ${customer_id}?` }),
        call(tool, 'not found', { question: `Help customer ${nobody}.` }),
        call(tool, 'refused', { question: '' }),
      ],
    ),
    call('trouble_shoot_device', 'success', {
      device_name: 'router',
      detail: 'It is slow.',
      subscription_id,
    }),
    call('trouble_shoot_device', 'not found', {
      device_name: 'router',
      detail: '-',
      subscription_id: nobody,
    }),
    call('trouble_shoot_device', 'refused', { device_name: '', detail: 'It is slow.' }),
  ];
}

function call(tool: string, end: End, args: SampleCall['args']): SampleCall {
  return { tool, end, args };
}
