import type { FinalAnswer } from '#platform/experts/answer';

/** A final answer as a model writes it. It asks on, because an answer that is done needs something that supports it. */
export function answerText(fields: Partial<FinalAnswer> = {}): string {
  return JSON.stringify({
    status: 'needs_input',
    answer: 'Invoice 101 is open.',
    citations: [],
    actions: [],
    follow_up: null,
    ...fields,
  });
}
