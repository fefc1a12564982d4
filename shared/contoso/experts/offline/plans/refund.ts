import type * as z from 'zod';
import { findCustomer } from '#contoso/experts/offline/slots/customers';
import { lateRefund } from '#contoso/procedures/late-refund';
import { formatMoney } from '#contoso/rules/money';
import { getCustomerOrders } from '#contoso/tools/orders/get-customer-orders';
import { counted } from '#platform/counted';
import { daysBetween } from '#platform/dates';
import { businessDays } from '#platform/experts/models/offline/calendar';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

type Order = z.output<typeof getCustomerOrders.output>['orders'][number];
type ReturnedOrder = Order & { readonly returned_date: string };

const { returns: returnPolicy } = lateRefund.documents;

/** A refund that has not arrived: whether the return was in time, how long it takes, and when to escalate. */
export function* refund(about: Case): Steps<Draft> {
  const { today } = about;
  const { customer_id } = yield* findCustomer(about);
  const [{ orders }, found] = yield* all(
    ask(getCustomerOrders, { customer_id }),
    search('return window refund business days escalated'),
  );
  const sources = new Sources(found);
  const order = orders.find((candidate): candidate is ReturnedOrder => candidate.returned_date !== null);
  const rules = sources.quote(returnPolicy, /-day window/, /refund goes to/);
  if (order === undefined) {
    return nothingReturned(customer_id, orders, rules, sources);
  }
  const longest = sources.number(returnPolicy, /arrives \d+ to (\d+) business days/);
  const waited = businessDays(order.returned_date, today);
  const isLate = longest !== undefined && waited > longest;
  return {
    status: 'done',
    headline: `Order ${order.order_id} of customer ${customer_id}: ${order.product_name} for ${formatMoney(order.amount)}, returned on ${order.returned_date}.`,
    findings: [
      windowFinding(order, sources),
      `${counted(waited, 'business day has', 'business days have')} passed since the return.`,
      ...rules,
    ],
    options: isLate
      ? [
          `The refund is late, so the case is escalated to the Returns Desk with order ${order.order_id}, the amount ${formatMoney(order.amount)} and the return date ${order.returned_date}; the customer is not asked to wait longer.`,
          ...sources.quote(returnPolicy, /escalated to the Returns Desk/, /desk answers within/),
        ]
      : [
          'The refund is still within its time; it is escalated to the Returns Desk when that time has passed.',
        ],
    citations: sources.citations,
  };
}

function windowFinding({ order_date, returned_date }: ReturnedOrder, sources: Sources): string {
  const window = sources.number(returnPolicy, /(\d+)-day window/);
  const days = daysBetween(order_date, returned_date);
  const taken = `It was ordered on ${order_date} and returned ${counted(days, 'day')} later`;
  if (window === undefined) {
    return `${taken}.`;
  }
  return `${taken}, ${days <= window ? 'inside' : 'after'} the ${window}-day window.`;
}

function nothingReturned(
  customerId: number,
  orders: readonly Order[],
  rules: readonly string[],
  sources: Sources,
): Draft {
  const list = orders
    .slice(0, 5)
    .map(({ order_id, product_name, status }) => `${order_id} ${product_name} (${status})`);
  return {
    status: 'done',
    headline: `No order of customer ${customerId} is recorded as returned.`,
    findings: [
      list.length === 0 ? 'There are no orders.' : `The latest orders: ${list.join(', ')}.`,
      ...rules,
    ],
    citations: sources.citations,
  };
}
