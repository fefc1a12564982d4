import MiniSearch from 'minisearch';
import { toTerm } from '#platform/knowledge/terms';

/** Something that can be asked, told by questions that ask for it. */
export interface Capability {
  /** Experts that can answer it. */
  readonly domains: readonly string[];
  /** Questions, without numbers and names: in the words of those who ask. */
  readonly examples: readonly string[];
  /** Whether it changes something: then a question whether something is so does not ask for it. */
  readonly changes?: boolean;
}

export interface Ranked {
  readonly name: string;
  /** Higher fits better; comparable within one question. */
  readonly score: number;
  /** Share of the question's words that the capability's examples have, 0 to 1; words that ask weigh less. */
  readonly coverage: number;
}

/** A part of a word says less than the word. */
const gramWeight = 0.2;
const gramLength = 3;
/** Of several examples that fit, the best decides, the next ones a little. */
const nextWeights = [1, 0.25, 0.1];

/** What words count for when it is measured how much of a question is known. */
const knownWeight = 0.5;
const unknownWeight = 0.7;
/** A short one is a slip more often than a matter. */
const unknownShortWeight = 0.3;
const askingWeight = 0.15;
/** How much of the score a capability keeps that has none of a question's words whole. */
const leastKept = 0.3;

const boostTerm = (term: string) => (term.startsWith('~') ? gramWeight : 1);

/** Words that are in every question, of whatever kind. */
const englishFillers = new Set(
  `a an the of for to in on at is are was were be it its do does did has have had and or by with as from that this their his her our your 
  please can could would will she he they them us am been there mr mrs ms s t
  says said say wants want asks asked needs need tell tells thinks currently actually exactly really thing things just`.split(
    /\s+/,
  ),
);

/** Finds what a question is about by its likeness to labelled examples: BM25+ over their words and parts of words. */
export class CapabilityIndex {
  /** Every word of the examples, as it stands there. */
  readonly vocabulary: ReadonlySet<string>;
  readonly #index: MiniSearch<{ id: number; text: string }>;
  readonly #names: readonly string[];
  readonly #examples: readonly string[];
  readonly #terms: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #known: ReadonlySet<string>;

  readonly #fillers: ReadonlySet<string>;

  /** @param fillers words that are in questions of every kind, beside those of the language */
  constructor(capabilities: Readonly<Record<string, Capability>>, fillers: readonly string[] = []) {
    this.#fillers = new Set([...englishFillers, ...fillers]);
    const stemsOf = (text: string) => this.stemsOf(text);
    const examples = Object.entries(capabilities).flatMap(([name, { examples: all }]) =>
      all.map((text) => ({ name, text })),
    );
    this.#names = examples.map(({ name }) => name);
    this.#examples = examples.map(({ text }) => text);
    this.#index = new MiniSearch({
      fields: ['text'],
      tokenize: (text) => featuresOf(stemsOf(text)),
      processTerm: (term) => term,
    });
    this.#index.addAll(examples.map(({ text }, id) => ({ id, text })));
    this.vocabulary = new Set(examples.flatMap(({ text }) => wordsOf(text)));
    this.#terms = new Map(
      Object.entries(capabilities).map(([name, { examples: all }]) => [name, new Set(all.flatMap(stemsOf))]),
    );
    this.#known = new Set([...this.#terms.values()].flatMap((terms) => [...terms]));
  }

  /** Best first. */
  rank(text: string): Ranked[] {
    const scores = new Map<string, number[]>();
    for (const { id, score } of this.#index.search(text, { boostTerm })) {
      const name = this.#names[Number(id)] ?? '';
      scores.set(name, [...(scores.get(name) ?? []), score]);
    }
    return [...scores]
      .map(([name, all]) => {
        const coverage = this.#coverage(name, text);
        const score = nextWeights.reduce((sum, weight, place) => sum + weight * (all[place] ?? 0), 0);
        return { name, score: score * (leastKept + coverage), coverage };
      })
      .toSorted((a, b) => b.score - a.score);
  }

  /** The example of a capability that a text is most like. */
  closestExample(name: string, text: string): string | undefined {
    const found = this.#index.search(text, {
      boostTerm,
      filter: ({ id }) => this.#names[Number(id)] === name,
    });
    return this.#examples[Number(found[0]?.id)];
  }

  /** The stems of a text's words without fillers; words that ask, such as "why", are kept. */
  stemsOf(text: string): string[] {
    return wordsOf(text)
      .filter((word) => !this.#fillers.has(word))
      .map((word) => toTerm(word) ?? word);
  }

  #coverage(name: string, text: string): number {
    const known = this.#terms.get(name);
    const asked = [...new Set(this.stemsOf(text))];
    const weigh = (terms: readonly string[]) => terms.reduce((sum, term) => sum + this.#weight(term), 0);
    const covered = asked.filter((term) => known?.has(term) === true);
    // words that only ask say nothing of what
    return covered.some((term) => toTerm(term) !== null) ? weigh(covered) / weigh(asked) : 0;
  }

  /** A word that nobody knows says that it is about something else; one with which everything is asked says little. */
  #weight(term: string): number {
    if (toTerm(term) === null) {
      return this.#known.has(term) ? askingWeight : 0;
    }
    if (this.#known.has(term)) {
      return knownWeight;
    }
    return term.length > gramLength ? unknownWeight : unknownShortWeight;
  }
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function featuresOf(stems: readonly string[]): string[] {
  const grams = stems
    .filter((stem) => stem.length > gramLength)
    .flatMap((stem) =>
      Array.from({ length: stem.length - gramLength + 1 }, (_, at) => `~${stem.slice(at, at + gramLength)}`),
    );
  return [...stems, ...grams];
}
