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
