import { type Capability, type CapabilityIndex, type Ranked, wordsOf } from './capabilities.ts';
import type { Aspect } from './draft.ts';
import { corrected } from './spelling.ts';
import type { Transcript } from './transcript.ts';

/** A question, or one of several in a message, and what it is about. */
export interface Understood {
  /** Name of a capability; undefined when none fits. */
  readonly name: string | undefined;
  /** What was said now, with words as they are spelt. */
  readonly text: string;
  /** What it goes on from, newest first; empty for a question that stands for itself. */
  readonly context: readonly string[];
  readonly aspect: Aspect;
}

/** Share of a question's words that have to be known. */
const leastCoverage = 0.51;
/** A part of a message is a question of its own only when it is clear what it is about. */
const leastCoverageOfPart = 0.6;
/** A capability of the expert that was asked is taken even if another expert's fits a little better. */
const ownAdvantage = 0.9;
/** A question of a message of which no more than this is known, and that has words enough, is about something else. */
const strayCoverage = 0.25;
const leastStrayWords = 3;
/** Of the best score, what another one needs to be taken when more of the question's words are known to it. */
const nearScore = 0.5;
/** Longest text, in words, that may be a fragment of what was said before. */
const longestFragment = 9;
/** Fewest words that make a question a new one although it begins like a fragment. */
const leastOwnWords = 2;

/** Words of somebody who asks on about what was said. */
const asksOn =
  /what (?:can|could|should|do|would|now|next|else)|can (?:i|we|you)|how (?:do|can|would)|options|then\?|about (?:it|that|this)/i;
/** Words that point at what was said before. */
const pointsBack =
  /^\W*(?:and|what about|how about|or|yes|yep|no|nope|ok|okay|sure|the|all|both|not)\b|\b(?:ones?|other|those|them|that|it|then)\b/i;
const boundary =
  /(?<=[?!;])\s+|(?<=(?<!\b(?:mr|mrs|ms|dr|no))\.)\s+(?=\p{L})|,?\s+and\s+(?=(?:what|when|how|is|are|does|do|did|any|who|why|which|has|until|since|can)\b)/iu;
/** Words of somebody who was asked. */
const answersBack = /^\W*(?:yes|yep|yeah|no|nope|ok|okay|sure|both|all of it|not yet)\b/i;
/** A question whether, when or why something is so orders nothing. */
const asksWhether =
  /^\W*(?:and )?(?:is|are|was|were|does|do|did|has|have|what|which|when|why|how|who|since when)\b/i;
const refersBack = /\b(?:it|that|this|them|those)\b/i;

/** How the capabilities of a business are told apart. */
export interface Reading {
  readonly index: CapabilityIndex;
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** A text without what stands for a record, such as a name or a number. */
  readonly bare: (text: string) => string;
  /** Of the expert that was asked. */
  readonly domain: string;
}

/** What each question of a message is about; what says too little is about what was asked before. */
export function understand(
  { question, earlier, isPart = false }: Transcript,
  reading: Reading,
): readonly Understood[] {
  const { index, bare } = reading;
  const read = (text: string) => corrected(text, index.vocabulary, namesIn(text, bare));
  const text = read(question);
  const parts = text
    .split(boundary)
    .filter((part) => index.stemsOf(bare(part)).length > 0)
    .map((part) => ({ part, found: best(part, reading) }));
  const clear = parts.filter(
    ({ part, found }) =>
      found !== undefined && found.coverage >= leastCoverageOfPart && !refersBack.test(part),
  );
  const strays = parts.filter(
    ({ part, found }) =>
      (found?.coverage ?? 0) < strayCoverage &&
      /\?\s*$/.test(part) &&
      !pointsBack.test(part) &&
      index.stemsOf(part).length >= leastStrayWords,
  );
  const isSeveral = new Set(clear.map(({ found }) => found?.name)).size > 1;
  if (isSeveral || (clear.length > 0 && strays.length > 0)) {
    return parts.map(({ part, found }) => ({
      name: found !== undefined && found.coverage >= leastCoverage ? found.name : undefined,
      text: part,
      context: [],
      aspect: 'everything',
    }));
  }
  const whole = best(text, reading);
  const own = whole !== undefined && whole.coverage >= leastCoverage ? whole : clear[0]?.found;
  const isFragment = !isPart && text.split(/\s+/).length <= longestFragment;
  const before = isFragment ? questionBefore(earlier.map(read), reading) : undefined;
  const isOthers =
    own !== undefined && own.coverage >= leastCoverageOfPart && !haveExpert(own.name, before?.name, reading);
  const goesOn =
    before !== undefined &&
    (own === undefined ||
      answersBack.test(text) ||
      (pointsBack.test(text) &&
        (own.name === before.name || (!isOthers && index.stemsOf(bare(text)).length <= leastOwnWords))));
  return goesOn
    ? [{ ...before, text, aspect: asksOn.test(text) ? 'options' : 'everything' }]
    : [{ name: own?.name, text, context: [], aspect: 'everything' }];
}

/** Words that stand for a record: they are spelt as they are. */
function namesIn(text: string, bare: Reading['bare']): ReadonlySet<string> {
  const left = new Set(wordsOf(bare(text)));
  return new Set(wordsOf(text).filter((word) => !left.has(word)));
}

/** The latest question that it was clear what it is about, and what was said since. */
function questionBefore(earlier: readonly string[], reading: Reading) {
  for (const [place, text] of earlier.entries()) {
    const found = best(text, reading);
    if (found !== undefined && found.coverage >= leastCoverage) {
      return { name: found.name, context: earlier.slice(0, place + 1) };
    }
  }
  return undefined;
}

/** Whether the expert that was asked answers it. */
function isOwn(name: string, { capabilities, domain }: Reading): boolean {
  return capabilities[name]?.domains.includes(domain) === true;
}

/** Whether one expert answers both. */
function haveExpert(one: string, other: string | undefined, { capabilities }: Reading): boolean {
  const domains = other === undefined ? [] : capabilities[other]?.domains;
  return capabilities[one]?.domains.some((domain) => domains?.includes(domain) === true) === true;
}

function best(text: string, reading: Reading): Ranked | undefined {
  const { index, capabilities, bare } = reading;
  const ranked = index
    .rank(bare(text))
    .filter(({ name }) => capabilities[name]?.changes !== true || !asksWhether.test(text));
  const [top] = ranked;
  const near = ranked.filter(({ score }) => score >= (top?.score ?? 0) * nearScore);
  const known = near.filter(({ coverage }) => coverage >= leastCoverage);
  const [first] = known.length > 0 ? known : near;
  const own = known.find(({ name }) => isOwn(name, reading));
  return own !== undefined && first !== undefined && own.score >= first.score * ownAdvantage ? own : first;
}
