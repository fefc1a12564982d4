import type * as z from 'zod';
import { longestUsageRangeDays } from '#contoso/rules/usage';
import type { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import type { getDataUsage } from '#contoso/tools/usage/get-data-usage';
import { addDays, daysBetween } from '#platform/dates';
import { ask } from '../host/answer.ts';
import type { Host } from '../host/host.ts';
import { cycleStart, type Day, daysOf } from './cycles.ts';

export type UsageInput = z.output<typeof getDataUsage.input>;
export type Usage = z.output<typeof getDataUsage.output>;
type Subscription = z.output<typeof getSubscriptionDetail.output>;

/** All that the card shows. */
export interface Shown {
  readonly days: readonly Day[];
  /** Megabytes a cycle; null when there is no limit, undefined when it is not known. */
  readonly cap: number | null | undefined;
  readonly plan: string | undefined;
  /** Why there are only the days that were asked for, without plan and cap. */
  readonly missing?: string;
}

const megabytesInGigabyte = 1_000;

/** Asks for the plan and for the days since its cycle began; does with less where the user may not see that. */
export async function load(host: Host, input: UsageInput, usage: Usage): Promise<Shown> {
  const { subscription_id, start_date, end_date } = input;
  const detail = await ask<Subscription>(host, 'get_subscription_detail', { subscription_id });
  const subscription = detail.kind === 'data' ? detail.data : undefined;
  const anchor =
    subscription?.invoices[0]?.invoice_date ?? addDays(subscription?.start_date ?? start_date, -1);
  const first = earliest(cycleStart(start_date, anchor), start_date, end_date);
  const isComplete = first === start_date && input.aggregate !== true;
  const answer = isComplete
    ? ({ kind: 'data', data: usage, said: '' } as const)
    : await ask<Usage>(host, 'get_data_usage', { subscription_id, start_date: first, end_date });
  const whole = answer.kind === 'data';
  const records = whole ? answer.data.records : usage.records;
  const cap = subscription?.data_cap_gb;
  return {
    days:
      records.length === 0
        ? []
        : daysOf(records, { first: whole ? first : start_date, last: end_date, anchor }),
    cap: typeof cap === 'number' ? cap * megabytesInGigabyte : cap,
    plan: subscription?.product.name,
    ...(detail.kind !== 'data' && { missing: detail.why }),
  };
}

/** The begin of the cycle, unless that makes the range longer than the tool answers. */
function earliest(start: string, asked: string, end: string): string {
  return start < asked && daysBetween(start, end) + 1 <= longestUsageRangeDays ? start : asked;
}
