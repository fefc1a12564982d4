import type { Ncrontab } from './ncrontab.ts';

/** February 29th can be eight years away (2096 to 2104). */
const SEARCH_DAYS = 366 * 8 + 2;

const DAY = 86_400_000;

/** The first time after `after`, in UTC, that matches; undefined when there is none (31 February). */
export function nextOccurrence(cron: Ncrontab, after: Date): Date | undefined {
  const start = Math.floor(after.getTime() / 1000) * 1000 + 1000;
  const firstDay = Math.floor(start / DAY) * DAY;
  for (let day = firstDay; day < firstDay + SEARCH_DAYS * DAY; day += DAY) {
    if (!matchesDay(cron, new Date(day))) {
      continue;
    }
    const time = firstTimeOfDay(cron, Math.max(start - day, 0) / 1000);
    if (time !== undefined) {
      return new Date(day + time * 1000);
    }
  }
  return undefined;
}

/** Day and day of week must both match, unlike in Unix cron. */
function matchesDay(cron: Ncrontab, day: Date): boolean {
  return (
    cron.months.includes(day.getUTCMonth() + 1) &&
    cron.days.includes(day.getUTCDate()) &&
    cron.daysOfWeek.includes(day.getUTCDay())
  );
}

/** The first allowed second of a day that is not before `from`; undefined when the day has no more. */
function firstTimeOfDay(cron: Ncrontab, from: number): number | undefined {
  for (const hour of cron.hours) {
    if ((hour + 1) * 3600 <= from) {
      continue;
    }
    for (const minute of cron.minutes) {
      const base = hour * 3600 + minute * 60;
      if (base + 60 <= from) {
        continue;
      }
      const second = cron.seconds.find((value) => base + value >= from);
      if (second !== undefined) {
        return base + second;
      }
    }
  }
  return undefined;
}
