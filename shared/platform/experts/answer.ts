import * as z from 'zod';
import { objectsFromEnd } from './json-in-text.ts';
import { withoutReasoning } from './reasoning.ts';

export const answerStatuses = ['done', 'needs_input', 'error'] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

/** Most characters of an answer; far more than anybody reads. */
const longestAnswer = 8_000;

/** How a model must end. Every field is required, as the strict mode of structured outputs asks for. */
const finalAnswer = z.strictObject({
  status: z.enum(answerStatuses),
  answer: z.string().trim().min(1).max(longestAnswer),
  citations: z.array(z.string().max(200)).max(20),
  actions: z.array(z.string().max(1_000)).max(20),
  follow_up: z.string().max(1_000).nullable(),
});
export type FinalAnswer = z.infer<typeof finalAnswer>;

/** JSON Schema of {@link FinalAnswer}; lengths are checked here only, because not every service knows their keywords. */
export const finalAnswerSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: [...answerStatuses] },
    answer: { type: 'string' },
    citations: { type: 'array', items: { type: 'string' } },
    actions: { type: 'array', items: { type: 'string' } },
    follow_up: { type: ['string', 'null'] },
  },
  required: Object.keys(finalAnswer.shape),
  additionalProperties: false,
};

export type ParsedAnswer = { readonly answer: FinalAnswer } | { readonly problem: string };

/**
 * Reads a model's last message: the last whole object in it that fits, after what the model only thought. Sentences
 * and code fences around it are left out.
 */
export function parseAnswer(text: string): ParsedAnswer {
  const said = withoutReasoning(text).trim();
  let outermost: { readonly value: unknown; readonly end: number } | undefined;
  for (const found of objectsFromEnd(said)) {
    const { data } = finalAnswer.safeParse(found.value);
    if (data !== undefined) {
      return { answer: data };
    }
    if (outermost === undefined || found.end >= outermost.end) {
      outermost = found;
    }
  }
  return { problem: outermost === undefined ? problemWithoutObject(said) : problemOf(outermost.value) };
}

/**
 * The answer with which a model's thoughts end, as text; empty when they end otherwise. Some servers take a whole
 * answer for a thought.
 */
export function answerAtEnd(thoughts: string): string {
  const bare = thoughts.replace(/\s*(?:```\s*)?$/, '');
  for (const { value, start, end } of objectsFromEnd(bare)) {
    if (end === bare.length && finalAnswer.safeParse(value).success) {
      return bare.slice(start);
    }
  }
  return '';
}

function problemWithoutObject(said: string): string {
  try {
    return problemOf(JSON.parse(said));
  } catch {
    return 'it is not JSON';
  }
}

function problemOf(value: unknown): string {
  const issues = finalAnswer.safeParse(value).error?.issues ?? [];
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`)
    .join('; ');
}
