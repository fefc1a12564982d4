import type { FinalAnswer } from './answer.ts';
import { askToolOf, type ExpertDefinition } from './definition.ts';
import type { OpenPart } from './team/parts.ts';

/** What this expert is for, in one sentence, and questions that it answers. */
export function whatItCanDo({ topics, example, moreExamples = [] }: ExpertDefinition): string {
  const examples = [example, ...moreExamples].slice(0, 3).map((question) => `- ${question}`);
  return [`This expert answers questions about ${topics}, in English. For example:`, ...examples].join('\n');
}

/** The answer when nothing that was looked up supports one. */
export function withoutEvidence(expert: ExpertDefinition): FinalAnswer {
  return {
    status: 'error',
    answer: `Nothing was found in the records or documents that answers this. ${whatItCanDo(expert)}`,
    citations: [],
    actions: [],
    follow_up: null,
  };
}

/** An answer to a part of the question, which says what the other parts are. */
export function withUnanswered(answer: FinalAnswer, parts: readonly string[]): FinalAnswer {
  if (parts.length === 0) {
    return answer;
  }
  const sentence = `Not answered, because nobody looked at it: ${parts.join(', ')}.`;
  return {
    ...answer,
    status: 'needs_input',
    answer: `${answer.answer}\n\n${sentence}`,
    follow_up: answer.follow_up ?? `Ask about ${parts.join(', ')} in a question of its own.`,
  };
}

/** An answer of which others were to answer a part and could not: it is not done, and says so. */
export function withOpenParts(answer: FinalAnswer, open: readonly OpenPart[]): FinalAnswer {
  if (answer.status !== 'done' || open.length === 0) {
    return answer;
  }
  const names = open.map(({ domain }) => askToolOf(domain)).join(', ');
  return {
    ...answer,
    status: 'needs_input',
    answer: `${answer.answer}\n\nNot answered yet: the part for ${names}.`,
    follow_up: answer.follow_up ?? open.find(({ followUp }) => followUp !== null)?.followUp ?? null,
  };
}
