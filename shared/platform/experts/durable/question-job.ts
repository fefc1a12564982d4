import * as z from 'zod';
import { counted } from '../../counted.ts';
import { defineJob, type StepInput } from '../../jobs/definition.ts';

/** Of the job's records; also the first of its kinds, so it is never renamed. */
export const questionJob = 'ask_expert_question';

/** Most turns of models for one question, those of experts who were asked for a part among them. */
const mostTurns = 40;

/** Nothing that was said is in it: it lies in the history of the engine. */
const requestSchema = z.strictObject({ run: z.string(), tool: z.string() });
export type QuestionRequest = z.output<typeof requestSchema>;

const ends = ['answered', 'failed'] as const;
const turnOutcome = z.object({
  turns: z.number(),
  tools: z.number(),
  ended: z.enum(ends).optional(),
  /** Of the answer, whose text lies in the run's own rows. */
  digest: z.string().optional(),
});
export type TurnOutcome = z.output<typeof turnOutcome>;

export const questionResult = z.strictObject({ run: z.string(), ended: z.enum(ends), digest: z.string() });

/** A question to an expert as a job: each step is one turn of a model and the calls of tools that it asks for. */
export function questionJobOf(
  answerTurn: (request: QuestionRequest, step: StepInput) => Promise<TurnOutcome>,
) {
  return defineJob<QuestionRequest, TurnOutcome>({
    name: questionJob,
    orchestration: 'answerQuestion',
    activity: 'answerQuestionTurn',
    request: requestSchema,
    result: questionResult,
    steps: Array.from({ length: mostTurns }, (_, turn) => ({
      name: `turn-${turn + 1}`,
      title: 'Working on the answer',
    })),
    seconds: 0,
    words: {
      done: 'The answer is there.',
      broken: 'The answer broke off because of a fault of this service; ask again.',
      cancelled: 'The question was cancelled.',
      full: (most) =>
        `You have ${counted(most, 'question or diagnosis', 'questions and diagnoses')} running, which is the most at a time; wait until one ends or cancel one.`,
    },
    subjectOf: ({ tool }) => tool,
    begin: () => ({ turns: 0, tools: 0 }),
    after: (before, _step, raw) => turnOutcome.safeParse(raw).data ?? { ...before, ended: 'failed' },
    isDone: ({ ended }) => ended !== undefined,
    progressOf: ({ tools }, index) => ({
      progress: Math.min(99, Math.round(100 * (1 - 0.85 ** (index + 1)))),
      message: `Turn ${index + 1}: working on the answer, ${tools === 0 ? 'nothing looked up yet' : `${counted(tools, 'look-up')} so far`}.`,
    }),
    conclude: ({ run }, { ended = 'failed', digest = '' }) => ({ run, ended, digest }),
    run: (step: StepInput) => answerTurn(requestSchema.parse(step.request), step),
  });
}
