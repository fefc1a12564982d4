import type { Domain } from '#contoso/experts/domains';

/** A range around a number, for averages that are rounded. */
export interface About {
  readonly about: number;
  readonly within: number;
}

/**
 * Something that an answer states: a number (an amount, a count, an id), or a text such as a date, a name or a status;
 * `on|active` is met by one of its parts.
 */
export type Fact = number | string | About;

/** What a right answer to a question is; computed from the records before anybody answers. */
export interface Key {
  /** `done` unless said; `open` stands for `needs_input` and `error`. */
  readonly status?: 'done' | 'open' | 'any';
  /** All of them are stated. */
  readonly facts?: readonly Fact[];
  /** None of them is stated. */
  readonly not?: readonly Fact[];
  /** A change that waits for the caller, with at least these arguments. */
  readonly proposes?: { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> };
  /** Nothing is proposed. */
  readonly proposesNothing?: boolean;
}

/** One conversation; the last answer is the one that is judged. */
export interface Question {
  readonly domain: Domain;
  readonly turns: readonly string[];
  readonly key: Key;
}

export function about(value: number, within = 0.06): About {
  return { about: value, within };
}

/** @param said what is asked, or what is asked one after the other */
export function question(domain: Domain, said: string | readonly string[], key: Key): Question {
  return { domain, turns: typeof said === 'string' ? [said] : said, key };
}
