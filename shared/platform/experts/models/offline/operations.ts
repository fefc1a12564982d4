/** What is to be done with the records that a plan finds. */
export interface Operations {
  readonly average: boolean;
  readonly largest: boolean;
  readonly smallest: boolean;
  readonly sum: boolean;
  readonly count: boolean;
  readonly list: boolean;
  readonly newest: boolean;
  readonly oldest: boolean;
  /** Only that many. */
  readonly first: number | undefined;
  readonly above: number | undefined;
  readonly below: number | undefined;
}

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Reads the operations from a question; they are the same in every business. */
export function operationsIn(text: string): Operations {
  const says = (pattern: RegExp) => pattern.test(text.toLowerCase());
  return {
    average: says(/\b(?:average|mean|on average|typical)\b/),
    largest: says(
      /\b(?:biggest|largest|highest|most|maximum|max|priciest|dearest|busiest|worst|best|more)\b/,
    ),
    smallest: says(/\b(?:smallest|lowest|least|minimum|min|cheapest)\b/),
    sum: says(/\b(?:sum|total|altogether|all in all|together|in all|combined|how much)\b/),
    count: says(/\bhow many\b|\bnumber of\b|\bcount\b/),
    list: says(/\b(?:list|show|which|what are|all)\b/),
    newest: says(/\b(?:latest|newest|most recent|last)\b/),
    oldest: says(/\b(?:oldest|earliest|first)\b/),
    first: firstOf(text.toLowerCase()),
    above: limitIn(text, /\b(?:above|over|more than|higher than|exceeding|at least)\s+\$?(\d+(?:\.\d+)?)/i),
    below: limitIn(text, /\b(?:below|under|less than|lower than|at most)\s+\$?(\d+(?:\.\d+)?)/i),
  };
}

function firstOf(text: string): number | undefined {
  const word =
    /\b(?:last|latest|newest|recent|top) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b(?! (?:day|week|month|year)s?)/.exec(
      text,
    )?.[1];
  return word === undefined ? undefined : numbers.includes(word) ? numbers.indexOf(word) : Number(word);
}

function limitIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Most entries that an answer lists; a list that is cut says so. */
const mostListed = 15;

/** A list in a sentence, which says how many entries are left out. */
export function listed(entries: readonly string[], between = '; '): string {
  const shown = entries.slice(0, mostListed).join(between);
  const more = entries.length - mostListed;
  return more > 0 ? `${shown}${between}and ${more} more, ${entries.length} in all` : shown;
}

/** The record with the largest value. */
export function largestOf<T>(records: readonly T[], value: (record: T) => number): T | undefined {
  return records.toSorted((a, b) => value(b) - value(a))[0];
}

export function sumOf<T>(records: readonly T[], value: (record: T) => number): number {
  return records.reduce((sum, record) => sum + Math.round(value(record) * 100), 0) / 100;
}

export function averageOf<T>(records: readonly T[], value: (record: T) => number): number {
  return records.length === 0 ? 0 : sumOf(records, value) / records.length;
}
