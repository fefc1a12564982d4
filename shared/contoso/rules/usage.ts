import { daysBetween } from '#platform/dates';
import { InvalidInput } from '#platform/errors';
import type { UsageDay } from './model.ts';

/** A year and a day: enough for every report, little enough for one answer. */
export const longestUsageRangeDays = 366;

export interface UsageTotals {
  readonly data_used_mb: number;
  readonly voice_minutes: number;
  readonly sms_count: number;
  /** Days on which usage was recorded. */
  readonly days: number;
}

/**
 * Checks a range of days (`YYYY-MM-DD`), both included.
 * @throws InvalidInput when it ends before it starts or covers more than 366 days.
 */
export function checkUsageRange(start: string, end: string): void {
  const days = daysBetween(start, end) + 1;
  if (days < 1) {
    throw new InvalidInput('The end_date is before the start_date; swap them or choose a later end_date.');
  }
  if (days > longestUsageRangeDays) {
    throw new InvalidInput(
      `The range covers ${days} days; ask for at most ${longestUsageRangeDays} days at a time.`,
    );
  }
}

/** The sum over days; megabytes are rounded to two decimals, which is finer than the meter. */
export function usageTotals(days: readonly UsageDay[]): UsageTotals {
  const sum = (pick: (day: UsageDay) => number) => days.reduce((total, day) => total + pick(day), 0);
  return {
    data_used_mb: Math.round(sum((day) => day.data_used_mb) * 100) / 100,
    voice_minutes: sum((day) => day.voice_minutes),
    sms_count: sum((day) => day.sms_count),
    days: days.length,
  };
}
