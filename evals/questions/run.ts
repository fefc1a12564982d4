import type { ExpertAnswer } from '#platform/experts/ask';
import type { ChatModel } from '#platform/experts/ports';
import type { Storage } from '#platform/storage/connect';
import { securityRole } from '../case.ts';
import type { Companies } from '../companies.ts';
import { converse } from '../run.ts';
import { type Judgement, judgeFacts, verdicts } from './facts.ts';
import type { Question } from './key.ts';

export interface QuestionResult extends Judgement {
  readonly question: Question;
  readonly answer: ExpertAnswer | undefined;
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
  let last: ExpertAnswer | undefined;
  for await (const { answer, problem } of converse(about, turns, storage, model)) {
    if (answer === undefined) {
      return { question, answer: undefined, verdict: 'unhelpful', problems: [problem] };
    }
    last = answer;
  }
  if (last === undefined) {
    throw new RangeError('A question without words.');
  }
  return { question, answer: last, ...judgeFacts(last, key) };
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

export function questionSummary(results: readonly QuestionResult[]): string {
  return verdicts
    .map((verdict) => {
      const count = results.filter((result) => result.verdict === verdict).length;
      return `${verdict.padEnd(15)} ${count} of ${results.length} (${Math.round((count / results.length) * 100)} %)`;
    })
    .join('\n');
}
