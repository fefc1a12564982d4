import type { Business, Trial } from '#platform/business';
import { BusinessError } from '#platform/errors';
import type { ExpertDefinition } from '#platform/experts/definition';
import { runExpert } from '#platform/experts/loop';
import { ModelFault } from '#platform/experts/models/faults';
import { type Models, openModels } from '#platform/experts/models/open-models';
import type { ModelOptions } from '#platform/experts/models/options';
import type { ExpertToolbox } from '#platform/experts/ports';
import { defaultLimits, type ExpertResult } from '#platform/experts/run-state';
import { toolSpec } from '#platform/experts/tool-specs';
import type { LogFields } from '#platform/telemetry/log';
import type { Known, ModelTrial } from '../evidence.ts';

/** Models that are asked over the network. */
export type ServerOptions = Exclude<ModelOptions, { readonly kind: 'offline' }>;

/** Two turns: one that calls a tool, and the last one, in which none may be called. */
const limits = { ...defaultLimits, turns: 2, milliseconds: 60_000, hurryAfter: 60_000 };

/** What is tried: a question of the business, with its experts and tools. */
export type Tried = Pick<Business, 'experts' | 'tools' | 'offlinePlans' | 'trial'>;
type Question = NonNullable<Trial['question']>;

/**
 * Has a model answer one question in two turns, as an expert would, with the real definitions of tools and made-up
 * results; and has two texts embedded. No other model answers in its place. Never throws: what went wrong is evidence too.
 */
export async function trialAt(
  business: Tried,
  { second: _, ...options }: ServerOptions,
): Promise<Known<ModelTrial>> {
  const question = business.trial?.question;
  if (question === undefined) {
    return { missing: 'The business does not say what a model may be asked: see its trial.' };
  }
  const lines: LogFields[] = [];
  const logger = {
    log: (_level: string, message: string, fields?: LogFields) => lines.push({ message, ...fields }),
  };
  try {
    return {
      value: await tryOut(
        business,
        question,
        await openModels(options, business.offlinePlans, logger),
        lines,
      ),
    };
  } catch (error) {
    return failureOf(error, lines);
  }
}

async function tryOut(
  business: Tried,
  question: Question,
  { chat, embeddings }: Models,
  lines: readonly LogFields[],
): Promise<ModelTrial> {
  const expert = business.experts.find(({ domain }) => domain === question.expert);
  if (expert === undefined) {
    throw new Error(`There is no expert "${question.expert}".`);
  }
  const box = toolbox(business, expert, question);
  const result = await runExpert({
    expert,
    messages: [{ role: 'user', text: question.text }],
    citable: [],
    today: '2026-01-15',
    model: chat,
    toolbox: box,
    signal: new AbortController().signal,
    progress: () => {},
    limits,
  });
  const vectors = await embeddings?.embed(
    ['a text', 'another text'],
    AbortSignal.timeout(limits.milliseconds),
  );
  return { ...trialOf(result), embeds: vectors !== undefined, leftOut: leftOut(lines) };
}

function trialOf({ answer, model, statistics: { turns, tools } }: ExpertResult) {
  return { model, turns, calledTool: tools.length > 0, answered: answer.status !== 'error' };
}

/** All tools of an expert, so that the server sees their schemas; none of them does anything. */
function toolbox({ tools }: Tried, expert: ExpertDefinition, { tool, data }: Question): ExpertToolbox {
  return {
    definitions: tools.filter(({ name }) => expert.tools.includes(name)).map(toolSpec),
    call: async (name) =>
      name === tool
        ? { kind: 'ok', data, summary: 'Found.' }
        : { kind: 'error', message: `Only ${tool} can be called now.` },
  };
}

/** What the server does not know, in the words of the protocol. */
function leftOut(lines: readonly LogFields[]): string[] {
  const last = lines.findLast(({ message }) => message === 'language model knows less');
  if (last === undefined) {
    return [];
  }
  return [
    ...(last.limit === 'max_tokens' ? ['max_completion_tokens'] : []),
    ...(last.forbidsTools === false ? ['tool_choice'] : []),
    ...(last.userAfterTool === false ? ['a user’s message after a tool’s'] : []),
    ...(last.encryptedReasoning === false ? ['encrypted thoughts'] : []),
  ];
}

function failureOf(error: unknown, lines: readonly LogFields[]): Known<ModelTrial> {
  const fault = error instanceof Error ? error.cause : undefined;
  if (fault instanceof ModelFault && fault.details.refusal === 'access' && fault.status === undefined) {
    return {
      missing:
        'No identity of Azure is at hand here, so the model was not asked: sign in with az login, to an account with the role "Cognitive Services OpenAI User".',
    };
  }
  if (!(error instanceof BusinessError)) {
    return { problem: 'The question failed before it reached the model.' };
  }
  const line = lines.findLast(({ message }) => message === 'language model failed') ?? {};
  const named = ['operation', 'status', 'code', 'type', 'refused'].flatMap((name) =>
    line[name] === undefined ? [] : [`${name} ${line[name]}`],
  );
  const problem = named.length === 0 ? error.message : `${error.message} (${named.join(', ')})`;
  const refused = String(line.refused).split(' ');
  // "Function tools with reasoning_effort are not supported for … in /v1/chat/completions."
  const thinksElsewhere = refused.includes('reasoning_effort') && refused.includes('tools');
  return {
    problem: thinksElsewhere ? `${problem} This model uses tools with MODEL_API=responses.` : problem,
  };
}
