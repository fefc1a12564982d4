import { wordsOf } from '#platform/experts/models/offline/capabilities';
import { isTypoOf } from '#platform/experts/models/offline/spelling';
import { toTerm } from '#platform/knowledge/terms';
import { capabilities } from '../capabilities/index.ts';

/** Words that may be a name, one after the other in the question. */
export interface PossibleName {
  readonly words: readonly string[];
  /** Whether it is written or introduced like a name: then it is said when nobody is called so. */
  readonly isClear: boolean;
}

const titles = /^(?:mr|mrs|ms|miss|dr)$/i;
const vocabulary = new Set(Object.values(capabilities).flatMap(({ examples }) => examples.flatMap(wordsOf)));
/** Words that are often beside a name, and none. */
const noNames = new Set(
  `yes no ok okay thanks thank hello hi dear hey done sorry now right caller calling person somebody someone anyone she he they says said asks wants
  gold silver bronze wi-fi apple paypal john's plus unlimited gigabit spain madrid paris december january`.split(
    /\s+/,
  ),
);
/** Names that are looked up at most: each word is a search. */
const mostWords = 8;

/** What may be a customer's name: words that no question about the business has, and capitalised ones beside them. */
export function namesIn(text: string): PossibleName[] {
  const tokens = [...text.replace(/\S+@\S+/g, ' ').matchAll(/\p{L}[\p{L}'’]*|[^\p{L}\s-]+/gu)].map(
    ([token]) => token,
  );
  const groups: { words: string[]; isClear: boolean }[] = [];
  let open: (typeof groups)[number] | undefined;
  for (const [place, token] of tokens.entries()) {
    const word = token.replace(/['’]s$|['’]$/, '');
    const before = tokens[place - 1] ?? '';
    const isCapital = /^\p{Lu}/u.test(word);
    const isUnknown = mayBeName(word);
    if (
      !/^\p{L}{2,}/u.test(word) ||
      titles.test(word) ||
      !(isUnknown || (isCapital && isBesideName(tokens, place)))
    ) {
      open = undefined;
      continue;
    }
    open ??= newGroup(groups);
    const isName = isCapital && word !== word.toUpperCase() && place > 0;
    open.isClear ||= titles.test(before) || isName;
    open.words.push(word.toLowerCase());
  }
  let left = mostWords;
  return groups.flatMap((group) => {
    const words = group.words.slice(0, Math.max(0, left));
    left -= words.length;
    return words.length === 0 ? [] : [{ ...group, words }];
  });
}

function newGroup(groups: { words: string[]; isClear: boolean }[]) {
  const group = { words: [], isClear: false };
  groups.push(group);
  return group;
}

function mayBeName(word: string): boolean {
  const plain = word.toLowerCase();
  return (
    plain.length > 2 &&
    !vocabulary.has(plain) &&
    !noNames.has(plain) &&
    toTerm(plain) !== null &&
    !isSlip(word)
  );
}

/** Shorter words that are nearly another one may be names. */
const shortestSlip = 6;

/** A long word in lower case that is nearly one of the business is that word, spelt wrong. */
function isSlip(word: string): boolean {
  return (
    word.length >= shortestSlip &&
    word === word.toLowerCase() &&
    [...vocabulary].some((known) => known.length >= shortestSlip && isTypoOf(word, known))
  );
}

/** A word that has a meaning, too, such as "Grant", is part of a name where it stands beside one. */
function isBesideName(tokens: readonly string[], place: number): boolean {
  return [tokens[place - 1], tokens[place + 1]].some(
    (token) => token !== undefined && /^\p{Lu}/u.test(token) && mayBeName(token.replace(/['’]s$/, '')),
  );
}

const introductions = /\b(?:my name is|my customer number is|i am customer|hello|hi|dear)\b/gi;
const monthNames =
  /\b(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b/gi;
const numbersAndUnits =
  /\S+@\S+|\$?[+\d][\d.,:() -]*(?:\s*-?(?:dollars?|bucks|usd|gb|gigs?|mb|mbps|gbps|%|hours?|days?|weeks?)\b)?/gi;

/** A question without the records that it names: what is left says what is asked of them. */
export function withoutRecords(text: string): string {
  const plain = text.replace(introductions, ' ').replace(numbersAndUnits, ' ').replace(monthNames, ' ');
  const names = namesIn(plain).filter(({ words, isClear }) => isClear || words.length > 1);
  const words = new Set(names.flatMap((name) => name.words));
  return plain.replace(/\p{L}[\p{L}'’]*/gu, (word) =>
    words.has(word.toLowerCase().replace(/['’]s$|['’]$/, '')) ? ' ' : word,
  );
}
