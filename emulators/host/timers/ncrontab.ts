interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, from `min` on; any prefix of a name stands for it. */
  readonly names?: readonly string[];
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const FIELDS: readonly [Field, Field, Field, Field, Field, Field] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];

/** Allowed values of every field, in ascending order. */
export interface Ncrontab {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly daysOfWeek: readonly number[];
}

/** February 29th can be eight years away (2096 to 2104). */
const SEARCH_DAYS = 366 * 8 + 2;
const DAY = 86_400_000;

/**
 * Parses `{second} {minute} {hour} {day} {month} {day of week}`, or the five last of them (second 0), with lists, ranges, steps and names.
 * Undefined when the text has another number of parts; throws an Error for a part that is wrong.
 * Rules as in the NCrontab library that the Functions host uses.
 */
export function parseNcrontab(text: string): Ncrontab | undefined {
  const given = text.trim().split(/\s+/);
  if (given.length !== 5 && given.length !== 6) {
    return undefined;
  }
  const parts = given.length === 5 ? ['0', ...given] : given;
  const [seconds, minutes, hours, days, months, daysOfWeek] = FIELDS.map((field, index) =>
    parseField(field, parts[index] ?? ''),
  ) as [number[], number[], number[], number[], number[], number[]];
  return { seconds, minutes, hours, days, months, daysOfWeek };
}

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

function parseField(field: Field, text: string): number[] {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    for (const value of parseItem(field, item)) {
      values.add(value);
    }
  }
  return [...values].sort((a, b) => a - b);
}

/** One of `*`, `5`, `1-5`, `Mon-Fri`, each with an optional `/step`; `5/15` runs from 5 to the end of the field. */
function parseItem(field: Field, item: string): number[] {
  const [range = '', step] = item.split('/');
  const every = step === undefined ? 1 : Math.max(parseNumber(field, step), 1);
  const [low, high] = parseRange(field, range, step !== undefined);
  const values: number[] = [];
  for (let value = low; value <= high; value += every) {
    values.push(value);
  }
  return values;
}

function parseRange(field: Field, range: string, hasStep: boolean): [number, number] {
  if (range === '*') {
    return [field.min, field.max];
  }
  const [first = '', last] = range.split('-');
  const start = parseValue(field, first);
  if (last === undefined) {
    return [start, hasStep ? field.max : start];
  }
  const end = parseValue(field, last);
  return [Math.min(start, end), Math.max(start, end)];
}

function parseValue(field: Field, text: string): number {
  const index = /^\d/.test(text) ? -1 : namedValue(field, text);
  const value = index < 0 ? parseNumber(field, text) : field.min + index;
  if (value < field.min || value > field.max) {
    throw new Error(`${value} is not a ${field.name}: it must be from ${field.min} to ${field.max}`);
  }
  return value;
}

function namedValue(field: Field, text: string): number {
  if (text === '') {
    return -1;
  }
  return field.names?.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase())) ?? -1;
}

function parseNumber(field: Field, text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new Error(`"${text}" is not a ${field.name}`);
  }
  return Number(text);
}
