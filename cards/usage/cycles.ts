import { addDays, daysBetween } from '#platform/dates';

/** Days of a billing cycle; the data cap is for each. */
export const cycleDays = 30;

/** What was used on a day, and what is known of the day. */
export interface Day {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Megabytes of that day. */
  readonly used: number;
  /** Megabytes since the cycle began, that day included. */
  readonly inCycle: number;
  readonly voiceMinutes: number;
  readonly smsCount: number;
  /** Place of its cycle among those that are shown. */
  readonly cycle: number;
}

/** A billing cycle, or as much of it as is shown. Megabytes. */
export interface Cycle {
  readonly first: string;
  readonly last: string;
  readonly used: number;
  /** All of its days are shown. */
  readonly isWhole: boolean;
}

/** A day with usage, as the tool answers it. */
export interface UsageRecord {
  readonly usage_date: string;
  readonly data_used_mb: number;
  readonly voice_minutes: number;
  readonly sms_count: number;
}

/**
 * The first day of the cycle that a day is in. A cycle ends on the day of its invoice.
 * @param anchor the last day of any cycle
 */
export function cycleStart(day: string, anchor: string): string {
  const after = daysBetween(anchor, day) - 1;
  return addDays(anchor, 1 + Math.floor(after / cycleDays) * cycleDays);
}

/** Every day from the first to the last one, those without usage too. */
export function daysOf(
  records: readonly UsageRecord[],
  { first, last, anchor }: { readonly first: string; readonly last: string; readonly anchor: string },
): Day[] {
  const byDate = new Map(records.map((record) => [record.usage_date, record]));
  const days: Day[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const before = days.at(-1);
    const isNew = before !== undefined && cycleStart(date, anchor) === date;
    const record = byDate.get(date);
    const used = record?.data_used_mb ?? 0;
    days.push({
      date,
      used,
      inCycle: used + (isNew ? 0 : (before?.inCycle ?? 0)),
      voiceMinutes: record?.voice_minutes ?? 0,
      smsCount: record?.sms_count ?? 0,
      cycle: (before?.cycle ?? 0) + (isNew ? 1 : 0),
    });
  }
  return days;
}

/** The cycles that the days are in, oldest first. */
export function cyclesOf(days: readonly Day[]): Cycle[] {
  const starts = days.filter(({ cycle }, place) => cycle !== days[place - 1]?.cycle);
  return starts.map((first) => {
    const ofOne = days.filter(({ cycle }) => cycle === first.cycle);
    const last = ofOne.at(-1) ?? first;
    return {
      first: first.date,
      last: last.date,
      used: last.inCycle,
      isWhole: ofOne.length === cycleDays,
    };
  });
}
