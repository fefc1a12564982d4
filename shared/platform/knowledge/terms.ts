import { stemmer } from 'stemmer';

/** Words that say how something is asked rather than what; they would match every document. */
const stopWords = new Set(
  `a about after again all also am an and any are as at be because been before being but by can cannot could did do
  does doing done don for from get gets getting give given got had has have having he her here hers him his how i if
  in into is isn it its just know let like ll m many may me might mine more most much must my need no nor not of off
  on once only or other our ours out over own please re s same she should so some such t tell than that the their
  theirs them then there these they this those to too under until up us ve very want was way we were what when where
  which while who whom whose why will with would you your yours`.split(/\s+/),
);

/**
 * A word as it is indexed and looked up: lower case, without accents, reduced to its stem
 * (M. F. Porter, "An algorithm for suffix stripping", 1980); null for a stop word.
 */
export function toTerm(word: string): string | null {
  const plain = word
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
  return plain === '' || stopWords.has(plain) ? null : stemmer(plain);
}

/** The terms of a text, each once. */
export function termsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => toTerm(word) ?? []));
}
