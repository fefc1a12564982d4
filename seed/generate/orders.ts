import type { Faker } from '@faker-js/faker';
import type { Customer, Order } from '#contoso/rules/model';
import { toDollars } from '#contoso/rules/money';
import { addDays, earlier } from './calendar.ts';
import type { SeedContext } from './context.ts';
import { deal } from './deal.ts';
import { inOrderOf } from './moments.ts';

const orderCount = 120;

/** Days from the order date within which goods may come back. */
export const returnWindowDays = 30;

/** How many days ago an order of each status was placed: what is pending is recent. */
const ageInDays = {
  delivered: { min: 4, max: 90 },
  completed: { min: 15, max: 90 },
  pending: { min: 1, max: 7 },
  returned: { min: 10, max: 90 },
} as const;

const goods = [
  { product_name: 'Aster 5G Smartphone', cents: 49_900 },
  { product_name: 'Aster Lite Smartphone', cents: 24_900 },
  { product_name: 'Wi-Fi 6 Router', cents: 12_900 },
  { product_name: 'Mesh Wi-Fi Extender', cents: 7_900 },
  { product_name: 'Mobile Hotspot', cents: 8_950 },
  { product_name: 'Wireless Earbuds', cents: 5_990 },
  { product_name: 'Fast Charger', cents: 2_490 },
  { product_name: 'Protective Case', cents: 1_990 },
] as const;

export function generateOrders(context: SeedContext, customers: readonly Customer[]): Order[] {
  const random = context.randomFor('orders');
  const statuses = deal(random, orderCount, [
    ['delivered', 0.4],
    ['completed', 0.3],
    ['pending', 0.15],
    ['returned', 0.15],
  ] as const);
  const orders = statuses.map((status) => {
    const { product_name, cents } = random.helpers.arrayElement(goods);
    const order_date = addDays(context.asOf, -random.number.int(ageInDays[status]));
    return {
      customer_id: random.helpers.arrayElement(customers).customer_id,
      product_name,
      amount: toDollars(cents),
      order_date,
      status,
      returned_date: status === 'returned' ? returnDate(random, order_date, context.asOf) : null,
    };
  });
  return inOrderOf(orders, (order) => order.order_date).map((order) => ({
    order_id: context.nextId('order'),
    ...order,
  }));
}

function returnDate(random: Faker, order_date: string, asOf: string): string {
  const delay = random.number.int({ min: 1, max: returnWindowDays });
  return earlier(addDays(order_date, delay), addDays(asOf, -1));
}
