import { addDays } from '#platform/dates';
import type { Incident, Subscription } from '../rules/model.ts';
import { usageTotals } from '../rules/usage.ts';
import type { TenantStore } from '../stores/tenant-store.ts';
import { noSubscription, values } from '../tools/lookups.ts';
import type { LineState } from './probe.ts';

/** The days over which usage is compared with the cap: a billing cycle. */
export const cycleDays = 30;

const megabytesPerGigabyte = 1000;
const megabitsPerGigabit = 1000;

/** What the stored data say about the line of a device. */
export interface Line {
  readonly subscription: Subscription;
  /** Incidents that are still investigated, in the order of their ids. */
  readonly openIncidents: readonly Incident[];
}

/** Two round trips at most. @throws NotFound when there is no such subscription */
export async function loadLine(store: TenantStore, subscriptionId: number): Promise<Line> {
  const customerId = await store.accounts.ownerOfSubscription(subscriptionId);
  if (customerId === undefined) {
    return noSubscription(subscriptionId);
  }
  const account = await store.accounts.load(customerId, ['subscription', 'incident']);
  const isOfThis = (record: { subscription_id: number }) => record.subscription_id === subscriptionId;
  const subscription = values(account.subscription).find(isOfThis);
  if (subscription === undefined) {
    return noSubscription(subscriptionId);
  }
  const incidents = values(account.incident).filter(isOfThis);
  return { subscription, openIncidents: incidents.filter(({ status }) => status === 'investigating') };
}

/** Gigabytes used in the 30 whole days before a day (`YYYY-MM-DD`). One round trip. */
export async function usedBefore(store: TenantStore, subscriptionId: number, day: string): Promise<number> {
  const days = await store.usage.between(subscriptionId, addDays(day, -cycleDays), addDays(day, -1));
  return usageTotals(days).data_used_mb / megabytesPerGigabyte;
}

export function lineState({ subscription }: Line): LineState {
  return {
    active: subscription.status === 'active',
    service: subscription.service_status,
    planMbps: megabitsPerSecond(subscription.speed_tier),
  };
}

/** Tiers are written `300Mbps` or `1Gbps`. */
function megabitsPerSecond(tier: Subscription['speed_tier']): number {
  return Number.parseInt(tier, 10) * (tier.endsWith('Gbps') ? megabitsPerGigabit : 1);
}
