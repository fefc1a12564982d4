import type { Faker } from '@faker-js/faker';
import { type Customer, type Subscription, speedTiers } from '#contoso/rules/model';
import { daysBetween } from '#platform/dates';
import { addDays, earlier, later } from './calendar.ts';
import type { SeedContext } from './context.ts';
import { deal, dealEvenly, zip } from './deal.ts';
import { productIds } from './products.ts';

/** Every subscription runs for a year. */
export const termDays = 365;

/** Ages in days at `asOf`: an active subscription is in its year, an inactive one has come to its end. */
const ages = { active: { min: 60, max: termDays - 1 }, inactive: { min: termDays + 1, max: 450 } } as const;

const dataCaps = [10, 20, 50, 100, null] as const;

/** One subscription for each customer. */
export function generateSubscriptions(context: SeedContext, customers: readonly Customer[]): Subscription[] {
  const random = context.randomFor('subscriptions');
  const statuses = deal(random, customers.length, [
    ['active', 0.88],
    ['inactive', 0.12],
  ] as const);
  const services = deal(random, customers.length, [
    ['normal', 0.8],
    ['slow', 0.15],
    ['offline', 0.05],
  ] as const);
  const plans = dealEvenly(random, customers.length, [
    productIds.mobile,
    productIds.internet,
    productIds.bundle,
  ]);
  return zip(zip(customers, statuses), zip(services, plans)).map(
    ([[customer, status], [service_status, product_id]]) => ({
      subscription_id: context.nextId('subscription'),
      customer_id: customer.customer_id,
      product_id,
      ...term(context.asOf, random.number.int(ages[status])),
      status,
      service_status,
      ...choices(random),
    }),
  );
}

/** First and last day of a subscription that began `age` days before `asOf`. */
export function term(asOf: string, age: number): Pick<Subscription, 'start_date' | 'end_date'> {
  const start_date = addDays(asOf, -age);
  return { start_date, end_date: addDays(start_date, termDays) };
}

/** The last whole day on which the subscription was in use: yesterday, or the day on which it ended. */
export function lastDayOfUse(subscription: Subscription, asOf: string): string {
  return earlier(subscription.end_date, addDays(asOf, -1));
}

/** A random day among the last `days` and one days in which the subscription was in use. */
export function recentDayInUse(
  random: Faker,
  subscription: Subscription,
  asOf: string,
  days: number,
): string {
  const last = lastDayOfUse(subscription, asOf);
  const first = later(subscription.start_date, addDays(last, -days));
  return addDays(first, random.number.int({ min: 0, max: daysBetween(first, last) }));
}

function choices(
  random: Faker,
): Pick<Subscription, 'roaming_enabled' | 'autopay_enabled' | 'speed_tier' | 'data_cap_gb'> {
  return {
    roaming_enabled: random.datatype.boolean(),
    autopay_enabled: random.datatype.boolean(),
    speed_tier: random.helpers.arrayElement(speedTiers),
    data_cap_gb: random.helpers.arrayElement(dataCaps),
  };
}
