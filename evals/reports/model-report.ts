import * as z from 'zod';
import { verdicts } from '../questions/facts.ts';
import { type QuestionResult, verdictsOf } from '../questions/run.ts';
import type { EvalResult } from '../run.ts';

const count = z.int().nonnegative();

const asked = z.object({
  question: z.string(),
  verdict: z.enum(verdicts),
  problems: z.array(z.string()),
  keptToTask: z.boolean(),
  callsMade: count,
  callsNeeded: count,
  tokens: count,
  seconds: z.number(),
});

const tried = z.object({
  name: z.string(),
  problems: z.array(z.string()),
  calls: count,
  tokens: count,
  seconds: z.number(),
});

/** How a model did, as it is written to a file. */
export const modelReport = z.object({
  format: z.literal('expert-evaluation/1'),
  /** As it names itself in its answers. */
  model: z.string(),
  /** When it was asked: ISO 8601, UTC. */
  at: z.string(),
  /** Judged by the facts that the answers state. */
  questions: z.array(asked),
  /** Scenarios and attacks. */
  cases: z.array(tried),
});
export type ModelReport = z.infer<typeof modelReport>;

export interface Totals {
  readonly asked: number;
  readonly right: number;
  readonly unhelpful: number;
  readonly wrong: number;
  readonly wrongButDone: number;
  /** Share of the questions at which it kept to its task; 1 when none was asked. */
  readonly taskAdherence: number;
  /** Calls needed for each call made; 1 when none was made. */
  readonly toolPrecision: number;
  readonly casesPassed: number;
  readonly cases: number;
  readonly tokens: number;
  readonly seconds: number;
}

export function reportOf(
  results: readonly QuestionResult[],
  cases: readonly EvalResult[],
  at: string,
): ModelReport {
  const answers = [...results.flatMap(({ answer }) => answer ?? []), ...cases.flatMap((one) => one.answers)];
  return {
    format: 'expert-evaluation/1',
    model: answers[0]?.model ?? 'nobody',
    at,
    questions: results.map(({ question, answer: _answer, problems, ...numbers }) => ({
      question: question.turns.join(' / '),
      problems: [...problems],
      ...numbers,
    })),
    cases: cases.map(({ name, problems, toolCalls, tokens, seconds }) => ({
      name,
      problems: [...problems],
      calls: toolCalls,
      tokens,
      seconds,
    })),
  };
}

export function totalsOf({ questions, cases }: ModelReport): Totals {
  const all = [...questions, ...cases];
  const { right, unhelpful, wrong, 'wrong but done': wrongButDone } = verdictsOf(questions);
  return {
    ...{ asked: questions.length, right, unhelpful, wrong, wrongButDone },
    taskAdherence: share(questions.filter(({ keptToTask }) => keptToTask).length, questions.length),
    toolPrecision: share(
      sum(questions, ({ callsNeeded }) => callsNeeded),
      sum(questions, ({ callsMade }) => callsMade),
    ),
    casesPassed: cases.filter(({ problems }) => problems.length === 0).length,
    cases: cases.length,
    tokens: sum(all, ({ tokens }) => tokens),
    seconds: sum(all, ({ seconds }) => seconds),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function sum<Item>(items: readonly Item[], pick: (item: Item) => number): number {
  return items.reduce((total, item) => total + pick(item), 0);
}
