export { addDays } from '#platform/dates';

const millisecondsPerMinute = 60_000;

/** The later of two days or of two times of the same form. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier of two days or of two times of the same form. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/**
 * The moment that the data describe as "now": the first instant (UTC) of the day `asOf`.
 * Everything that has happened lies before it. The middle of the day would be in the future when the data are
 * loaded in the morning, and a lock from the future could not be lifted.
 */
export function seedInstant(asOf: string): string {
  return isoTime(Date.parse(asOf));
}

/** The time (ISO 8601, UTC) that lies `minutes` before the moment the data describe. */
export function minutesBefore(asOf: string, minutes: number): string {
  return isoTime(Date.parse(asOf) - minutes * millisecondsPerMinute);
}

/** ISO 8601 in UTC with milliseconds, the form in which the product writes times, so that they sort as text. */
export function isoTime(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** The first 1 June after `asOf`: the start of the next summer season. */
export function nextSummer(asOf: string): string {
  const year = Number(asOf.slice(0, 4));
  const thisYear = `${year}-06-01`;
  return thisYear > asOf ? thisYear : `${year + 1}-06-01`;
}
