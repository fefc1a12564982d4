import type { Sample } from './rules.ts';

export type Problems = readonly string[];

/** Who or what an entry of a list is about. */
export const named = /_id$|^title$|_date$|^tool$|^step$/;
/** What the entries of a list are called in a sentence, where it is not the name of the list. */
const entries: Readonly<Record<string, string>> = {
  records: 'day',
  not_eligible: 'other',
  logs: 'event',
  service_incidents: 'incident',
};

export function unless(holds: boolean, problem: string): Problems {
  return holds ? [] : [problem];
}

/** The lists of records at the top of an answer. */
export function lists(data: Sample['data']): readonly [string, readonly object[]][] {
  return Object.entries(data ?? {}).filter((entry): entry is [string, object[]] => {
    const [, value] = entry;
    return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
  });
}

export function counts(sentence: string, count: number, list: string): boolean {
  return new RegExp(`\\b${count} ${entries[list] ?? list.replace(/s$/, '')}s?\\b`).test(sentence);
}

/** Every field of an answer, at any depth. */
export function fieldsOf(value: unknown): readonly [string, unknown][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    [key, inner] as [string, unknown],
    ...fieldsOf(inner),
  ]);
}

export function dateProblems(key: string, value: unknown): Problems {
  if (value === null || typeof value !== 'string') {
    return [];
  }
  if (/_date$/.test(key)) {
    return unless(/^\d{4}-\d\d-\d\d$/.test(value), `${key}: ${value} is no date`);
  }
  return unless(
    !/_at$|_time$/.test(key) || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value),
    `${key}: ${value} is no time in UTC`,
  );
}
