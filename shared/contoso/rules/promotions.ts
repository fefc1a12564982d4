import { counted } from '#platform/counted';
import { daysBetween } from '#platform/dates';
import type { Customer, Promotion, Subscription } from './model.ts';

export const promotionStatuses = ['running', 'upcoming', 'expired'] as const;
export type PromotionStatus = (typeof promotionStatuses)[number];

/** What a promotion's criteria are held against. */
export interface PromotionApplicant {
  readonly loyalty_level: Customer['loyalty_level'];
  readonly subscriptions: readonly Subscription[];
}

export interface PromotionRefusal {
  readonly promotion_id: number;
  readonly name: string;
  /** One sentence for the customer. */
  readonly reason: string;
}

/** Where a day (`YYYY-MM-DD`) lies to a promotion's first and last day, both of which are part of it. */
export function promotionStatus(promotion: Promotion, today: string): PromotionStatus {
  if (today < promotion.start_date) {
    return 'upcoming';
  }
  return today > promotion.end_date ? 'expired' : 'running';
}

/** Splits promotions into those that the customer can have today and, for the others, why not. */
export function judgePromotions(
  promotions: readonly Promotion[],
  applicant: PromotionApplicant,
  today: string,
): { eligible: Promotion[]; notEligible: PromotionRefusal[] } {
  const eligible: Promotion[] = [];
  const notEligible: PromotionRefusal[] = [];
  for (const promotion of promotions) {
    const reason = whyNot(promotion, applicant, today);
    if (reason === undefined) {
      eligible.push(promotion);
    } else {
      notEligible.push({ promotion_id: promotion.promotion_id, name: promotion.name, reason });
    }
  }
  return { eligible, notEligible };
}

/** The first reason for which the customer cannot have the promotion today; undefined when there is none. */
function whyNot(promotion: Promotion, applicant: PromotionApplicant, today: string): string | undefined {
  return (
    whyNotToday(promotion, today) ??
    whyNotWhileSuspended(applicant) ??
    whyNotThisLevel(promotion, applicant) ??
    whyNotThisSubscription(promotion, applicant, today)
  );
}

function whyNotToday(promotion: Promotion, today: string): string | undefined {
  switch (promotionStatus(promotion, today)) {
    case 'upcoming':
      return `It has not started; it runs from ${promotion.start_date} to ${promotion.end_date}.`;
    case 'expired':
      return `It ended on ${promotion.end_date}.`;
    case 'running':
      return undefined;
  }
}

/** A suspended subscription receives no promotion until it is reinstated. */
function whyNotWhileSuspended({ subscriptions }: PromotionApplicant): string | undefined {
  if (subscriptions.some(({ status }) => status === 'active')) {
    return undefined;
  }
  return subscriptions.length === 0
    ? undefined
    : 'Suspended subscriptions do not receive promotions until they are reinstated; the customer has no active one.';
}

function whyNotThisLevel(promotion: Promotion, applicant: PromotionApplicant): string | undefined {
  const levels = promotion.loyalty_levels;
  if (levels.length === 0 || levels.includes(applicant.loyalty_level)) {
    return undefined;
  }
  return `It is for loyalty level ${levels.join(' or ')}; the customer's level is ${applicant.loyalty_level}.`;
}

function whyNotThisSubscription(
  promotion: Promotion,
  applicant: PromotionApplicant,
  today: string,
): string | undefined {
  const minimum = promotion.minimum_subscription_days;
  if (minimum === 0) {
    return undefined;
  }
  const oldest = oldestActiveStart(applicant.subscriptions);
  if (oldest === undefined) {
    return 'It asks for an active subscription; the customer has none.';
  }
  const age = daysBetween(oldest, today);
  return age >= minimum
    ? undefined
    : `It asks for a subscription of at least ${counted(minimum, 'day')}; the oldest active one began on ${oldest}.`;
}

function oldestActiveStart(subscriptions: readonly Subscription[]): string | undefined {
  return subscriptions
    .filter((subscription) => subscription.status === 'active')
    .map((subscription) => subscription.start_date)
    .toSorted()
    .at(0);
}
