import type { Faker } from '@faker-js/faker';
import { millisecondsPerDay } from '#platform/dates';
import { isoTime, seedInstant } from './calendar.ts';

/** A random second of a day (`YYYY-MM-DD`, UTC), as ISO 8601. */
export function momentOn(random: Faker, day: string): string {
  return isoTime(Date.parse(day) + random.number.int({ min: 0, max: 86_399 }) * 1000);
}

/** A random second up to `days` days after a time, and before the moment the data describe. */
export function momentWithin(random: Faker, from: string, days: number, asOf: string): string {
  const start = Date.parse(from);
  const end = Math.min(start + days * millisecondsPerDay, Date.parse(seedInstant(asOf)));
  return isoTime(start + random.number.int({ min: 1, max: (end - start) / 1000 }) * 1000);
}

/** A copy in order of time, so that ids which are given out afterwards ascend with it. */
export function inOrderOf<T>(records: readonly T[], momentOf: (record: T) => string): T[] {
  return records.toSorted((a, b) => Number(momentOf(a) > momentOf(b)) - Number(momentOf(a) < momentOf(b)));
}
