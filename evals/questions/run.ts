import type { ExpertAnswer } from '#platform/experts/ask';
import type { ChatModel } from '#platform/experts/ports';
import type { Storage } from '#platform/storage/connect';
import { securityRole } from '../case.ts';
import type { Companies } from '../companies.ts';
import { keepsToTask, neededCalls } from '../reports/conduct.ts';
import { type Came, converse } from '../run.ts';
import { type Judgement, judgeFacts, type Verdict, verdicts } from './facts.ts';
import type { Question } from './key.ts';

export interface QuestionResult extends Judgement {
  readonly question: Question;
  readonly answer: ExpertAnswer | undefined;
  readonly keptToTask: boolean;
  /** Of the question that is judged, as the tokens and the seconds are those of its whole conversation. */
  readonly callsMade: number;
  readonly callsNeeded: number;
  readonly tokens: number;
  readonly seconds: number;
}

/** Asks a question, after those that come before it in its conversation, and judges the last answer. */
export async function runQuestion(
  question: Question,
  companies: Companies,
  storage: Storage,
  model: ChatModel,
): Promise<QuestionResult> {
  const { domain, turns, key } = question;
  const about = { company: companies.contoso, roles: securityRole, domain };
  const started = performance.now();
  let last: Came | undefined;
  let tokens = 0;
  for await (const came of converse(about, turns, storage, model)) {
    last = came;
    tokens += came.tokens;
    if (came.answer === undefined) {
      break;
    }
  }
  if (last === undefined) {
    throw new RangeError('A question without words.');
  }
  const { answer, problem, calls } = last;
  const took = { callsMade: calls.length, tokens, seconds: (performance.now() - started) / 1_000 };
  if (answer === undefined) {
    const none = { answer, keptToTask: false, callsNeeded: 0 };
    return { question, ...took, ...none, verdict: 'unhelpful', problems: [problem] };
  }
  return {
    ...{ question, answer, ...took, ...judgeFacts(answer, key) },
    keptToTask: keepsToTask(answer, calls, key),
    callsNeeded: neededCalls(calls, answer, { question: turns.join('\n'), key }),
  };
}

/** What was asked and what came, with what is wrong with it. */
export function questionLines({ question, answer, verdict, problems }: QuestionResult): string {
  const said = question.turns.join(' / ');
  if (verdict === 'right') {
    return `${verdict.padEnd(15)} ${said}`;
  }
  const came =
    answer === undefined ? '' : `\n    ${answer.status}: ${answer.answer.replaceAll('\n', '\n    ')}`;
  return `${verdict.padEnd(15)} ${said}${came}${problems.map((problem) => `\n    ! ${problem}`).join('')}`;
}

/** How many got each verdict. */
export function verdictsOf(results: readonly { readonly verdict: Verdict }[]): Record<Verdict, number> {
  const counts = { right: 0, unhelpful: 0, wrong: 0, 'wrong but done': 0 };
  for (const { verdict } of results) {
    counts[verdict] += 1;
  }
  return counts;
}

export function questionSummary(results: readonly QuestionResult[]): string {
  const counts = verdictsOf(results);
  return verdicts
    .map((verdict) => {
      const count = counts[verdict];
      return `${verdict.padEnd(15)} ${count} of ${results.length} (${Math.round((count / results.length) * 100)} %)`;
    })
    .join('\n');
}
