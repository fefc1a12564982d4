import type { Faker } from '@faker-js/faker';
import type { Subscription } from '#contoso/rules/model';
import type { Dataset } from '../writing/dataset.ts';
import { addDays } from './calendar.ts';
import type { SeedContext } from './context.ts';
import { lastDayOfUse } from './subscriptions.ts';

export type UsageRecord = Dataset['usage'][number];

/** Days of usage that are kept for each subscription: two billing cycles. */
export const usageDays = 60;

/** Daily usage of the last 60 days in which the subscription was in use, oldest first. */
export function generateUsage(context: SeedContext, subscriptions: readonly Subscription[]): UsageRecord[] {
  const random = context.randomFor('usage');
  return subscriptions.flatMap((subscription) => {
    const last = lastDayOfUse(subscription, context.asOf);
    return Array.from({ length: usageDays }, (_, place) =>
      usageRecord(random, subscription.subscription_id, addDays(last, place + 1 - usageDays)),
    );
  });
}

/** One day of ordinary usage; `data_used_mb` can be given. */
export function usageRecord(
  random: Faker,
  subscription_id: number,
  usage_date: string,
  data_used_mb = random.number.int({ min: 50, max: 1200 }),
): UsageRecord {
  return {
    subscription_id,
    usage_date,
    data_used_mb,
    voice_minutes: random.number.int({ min: 0, max: 60 }),
    sms_count: random.number.int({ min: 0, max: 40 }),
  };
}
