import * as z from 'zod';
import { termsOf } from '../knowledge/terms.ts';
import type { FinalAnswer } from './answer.ts';
import type { ToolRun } from './ports.ts';
import { statedIn, states } from './values-stated.ts';

/** What an answer rests on, for the code that does not take a model's word for it. */
export interface Grounds {
  readonly question: string;
  /** Words before the numbers of records, such as `order`. */
  readonly records: readonly string[];
  readonly runs: readonly ToolRun[];
  /** Titles of documents that earlier answers of the conversation rest on. */
  readonly citable: readonly string[];
}

export interface Verdict {
  /** Whether a result that was looked up for this question, and that the answer uses, supports it. */
  readonly supported: boolean;
  /** Records that the question names by number and nobody looked at, such as `order 4711`. */
  readonly overlooked: readonly string[];
}

/** Share of a search's words that a document must have to be taken for a rule about them. */
const leastShare = 0.5;

const documentsResult = z.object({
  documents: z.array(z.object({ title: z.string(), content: z.string().default('') })),
});

/** Whether an answer that says it is done has something to say so. */
export function weigh(answer: FinalAnswer, { question, records, runs, citable }: Grounds): Verdict {
  const results = runs.flatMap((run) =>
    run.outcome.kind === 'ok' ? [{ ...run, data: run.outcome.data }] : [],
  );
  const lookups = results.filter(({ data }) => !documentsResult.safeParse(data).success);
  const named = namedIn(question, records);
  const looked = lookups.map(({ request, data }) =>
    statedIn(`${request.argumentsText} ${JSON.stringify(data)}`),
  );
  const overlooked = named.filter(({ number }) => !looked.some(({ numbers }) => numbers.has(number)));
  const stated = statedIn(answer.answer);
  const usesRecord = lookups.some(({ data }) => states(stated, data));
  const citesRule =
    named.length === 0 &&
    (answer.citations.some((title) => citable.includes(title)) ||
      results.some((run) => fittingTitles(run).some((title) => answer.citations.includes(title))));
  return { supported: usesRecord || citesRule, overlooked: overlooked.map(({ name }) => name) };
}

/** Records that a text names by number. */
function namedIn(text: string, records: readonly string[]): { name: string; number: number }[] {
  if (records.length === 0) {
    return [];
  }
  const pattern = new RegExp(`\\b(${records.join('|')})\\s+(?:number\\s+|no\\.?\\s*|#)?(\\d{1,10})\\b`, 'gi');
  const found = [...text.matchAll(pattern)].map(([, word = '', digits]) => {
    const number = Number(digits);
    return { name: `${word.toLowerCase()} ${number}`, number };
  });
  return [...new Map(found.map((record) => [record.name, record])).values()];
}

/** Documents that have enough of the words by which they were found. */
function fittingTitles({ request, data }: { request: ToolRun['request']; data: unknown }): string[] {
  const documents = documentsResult.safeParse(data).data?.documents ?? [];
  const wanted = termsOf(wordsOf(request.argumentsText));
  return documents.flatMap(({ title, content }) => {
    const held = termsOf(`${title} ${content}`);
    const shared = [...wanted].filter((term) => held.has(term)).length;
    return shared > 0 && shared >= wanted.size * leastShare ? [title] : [];
  });
}

/** The texts among arguments. */
function wordsOf(argumentsText: string): string {
  const values = Object.values(JSON.parse(argumentsText || '{}') as Record<string, unknown>);
  return values.filter((value) => typeof value === 'string').join(' ');
}
