import type { FinalAnswer } from '../../../shared/experts/answer.ts';

/** A final answer as a model writes it. */
export function answerText(fields: Partial<FinalAnswer> = {}): string {
  return JSON.stringify({
    status: 'done',
    answer: 'Invoice 101 is open.',
    citations: [],
    actions: [],
    follow_up: null,
    ...fields,
  });
}
