export const millisecondsPerHour = 3_600_000;
export const millisecondsPerDay = 24 * millisecondsPerHour;

/** The calendar day of an instant in UTC, `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The day that lies `days` after a day (`YYYY-MM-DD`); a negative number goes back. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * millisecondsPerDay));
}

/** A time (ISO 8601, UTC) as people read it: `2026-01-14 23:48 UTC`. */
export function readableTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** Whole days from one day to another, both `YYYY-MM-DD`; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / millisecondsPerDay;
}

/**
 * A copy with the newest first. Dates and times in ISO 8601 sort as text; records of the same moment are told
 * apart by their ids, which ascend.
 */
export function newestFirst<T>(
  records: readonly T[],
  momentOf: (record: T) => string,
  idOf: (record: T) => number,
): T[] {
  return records.toSorted((a, b) => compareText(momentOf(b), momentOf(a)) || idOf(b) - idOf(a));
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
