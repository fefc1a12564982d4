import type { FinalAnswer } from '#platform/experts/answer';

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
