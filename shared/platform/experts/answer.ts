import * as z from 'zod';

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

/** Reads a model's last message; one that stands in a code fence is accepted. */
export function parseAnswer(text: string): ParsedAnswer {
  const bare = /^\s*```(?:json)?\s*(?<body>.*?)\s*```\s*$/s.exec(text)?.groups?.body ?? text;
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    return { problem: 'it is not JSON' };
  }
  const { success, data, error } = finalAnswer.safeParse(value);
  if (success) return { answer: data };
  const issues = error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  return { problem: issues.join('; ') };
}
