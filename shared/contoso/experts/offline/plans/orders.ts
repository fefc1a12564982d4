import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { formatMoney } from '#contoso/rules/money';
import { getCustomerOrders } from '#contoso/tools/orders/get-customer-orders';
import { counted } from '#platform/counted';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed, operationsIn, sumOf } from '#platform/experts/models/offline/operations';
import { always, isWithin, periodIn } from '#platform/experts/models/offline/period';
import { ask, one, type Steps } from '#platform/experts/models/offline/steps';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

/** What was ordered: the latest, a list, a sum. */
export function* orders(about: Case): Steps<Draft> {
  const said = about.said.join(' ');
  const operations = operationsIn(said);
  const period = about.said.map((text) => periodIn(text, about.today)).find((found) => found !== undefined);
  const each: string[] = [];
  for (const customer of yield* findCustomers(about)) {
    const { orders: every } = yield* one(ask(getCustomerOrders, { customer_id: customer.customer_id }));
    const inPeriod = every.filter(({ order_date }) => isWithin(order_date, period ?? always));
    const named = inPeriod.filter(({ product_name }) => mentions(said, product_name));
    const fitting = named.length > 0 ? named : inPeriod;
    const limit = operations.first ?? (operations.newest && !operations.list ? 1 : undefined);
    const chosen = fitting.slice(0, limit);
    const when = period === undefined ? '' : ` ${period.words}`;
    const list = chosen.map(
      ({ order_id, product_name, amount, order_date, status, returned_date }) =>
        `order ${order_id}, ${product_name} for ${formatMoney(amount)} of ${order_date}, ${status}${returned_date === null ? '' : ` on ${returned_date}`}`,
    );
    const total = formatMoney(sumOf(chosen, ({ amount }) => amount));
    each.push(
      list.length === 0
        ? `${capital(nameOf(customer))} has no orders${when}.`
        : `${capital(nameOf(customer))}: ${counted(list.length, 'order')}${when}, ${total} in all: ${listed(list)}.`,
    );
  }
  return facts(lines(each));
}

const shortestWord = 4;

/** Whether a question names the goods, with one of the words of their name. */
function mentions(said: string, product: string): boolean {
  const words = product.toLowerCase().split(/[^a-z0-9]+/);
  return words.some((word) => word.length >= shortestWord && said.toLowerCase().includes(word));
}
