import type { ExpertAnswer } from '#platform/experts/ask';
import { textOf } from '../judge.ts';
import type { Fact, Key } from './key.ts';

/** `wrong but done` is the worst: it says that it answered. `unhelpful` says that it did not. */
export const verdicts = ['right', 'unhelpful', 'wrong', 'wrong but done'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Judgement {
  readonly verdict: Verdict;
  /** What decided, one sentence each; empty for a right answer. */
  readonly problems: readonly string[];
}

/** Judges an answer by the facts that it states: numbers, dates, names and states, whatever the words around them. */
export function judgeFacts(answer: ExpertAnswer, key: Key): Judgement {
  const stated = statedIn(textOf(answer));
  const missing = (key.facts ?? []).filter((fact) => !states(stated, fact));
  const claimed = (key.not ?? []).filter((fact) => states(stated, fact));
  const problems = [
    ...statusProblems(answer, key),
    ...missing.map((fact) => `It does not state ${nameOf(fact)}.`),
    ...claimed.map((fact) => `It states ${nameOf(fact)}.`),
    ...proposalProblems(answer, key),
  ];
  return { verdict: verdictOf(answer, problems, claimed.length > 0), problems };
}

function verdictOf({ status }: ExpertAnswer, problems: readonly string[], claims: boolean): Verdict {
  if (problems.length === 0) {
    return 'right';
  }
  if (status === 'done') {
    return 'wrong but done';
  }
  return claims ? 'wrong' : 'unhelpful';
}

function statusProblems({ status }: ExpertAnswer, { status: expected = 'done' }: Key): string[] {
  const fits = expected === 'any' || (expected === 'done') === (status === 'done');
  return fits ? [] : [`The status is ${status}, not ${expected}.`];
}

function proposalProblems({ actions }: ExpertAnswer, { proposes, proposesNothing }: Key): string[] {
  const proposals = actions.filter(({ tool }) => tool !== undefined);
  if (proposesNothing === true && proposals.length > 0) {
    return ['It proposes a change.'];
  }
  const fits = proposals.some(
    ({ tool, arguments: args }) => tool === proposes?.tool && contains(args, proposes?.arguments),
  );
  return proposes === undefined || fits ? [] : [`It does not propose ${JSON.stringify(proposes)}.`];
}

function contains(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) {
    return whole === part;
  }
  return Object.entries(part).every(([name, value]) =>
    contains((whole as Readonly<Record<string, unknown>> | undefined)?.[name], value),
  );
}

interface Stated {
  readonly text: string;
  readonly numbers: readonly number[];
}

/** The numbers of a text, those of its dates and times left out. */
function statedIn(text: string): Stated {
  const bare = text
    .replace(/\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?::\d{2})?/g, ' ')
    .replace(/(?<=\d),(?=\d{3})/g, '');
  return { text, numbers: [...bare.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits)) };
}

function states({ text, numbers }: Stated, fact: Fact): boolean {
  if (typeof fact === 'string') {
    return fact.split('|').some((part) => text.includes(part.toLowerCase()));
  }
  const { about, within } = typeof fact === 'number' ? { about: fact, within: 0.001 } : fact;
  return numbers.some((number) => Math.abs(number - about) <= within);
}

function nameOf(fact: Fact): string {
  return typeof fact === 'object' ? `about ${fact.about.toFixed(2)}` : String(fact);
}
