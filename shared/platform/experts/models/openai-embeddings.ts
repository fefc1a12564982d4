import type OpenAI from 'openai';
import * as z from 'zod';
import type { Embeddings } from '../../knowledge/embeddings.ts';
import type { Logger } from '../../telemetry/log.ts';
import { askInSpan, type ModelRequestName, noteTokens } from '../../telemetry/model-use.ts';
import { ModelFault, unreadable } from './faults.ts';
import type { ModelProvider } from './options.ts';
import { reporting } from './report.ts';
import { type SendOptions, send } from './send.ts';

/** A search waits for this, and can do without: it gives up soon. */
const defaultSending: SendOptions = {
  attempts: 2,
  attemptMilliseconds: 4_000,
  longestWait: 1_000,
  firstWait: 250,
};

export interface EmbeddingsOptions {
  /** Who runs the service, for telemetry. */
  readonly provider?: ModelProvider;
  readonly sending?: SendOptions;
  readonly logger?: Logger | undefined;
}

/** Not every server says which text a vector is of, or what it used. */
const answer = z.looseObject({
  data: z.array(
    z.looseObject({
      index: z.number().int().nonnegative().optional().catch(undefined),
      embedding: z.array(z.number()).min(1),
    }),
  ),
  usage: z
    .looseObject({ prompt_tokens: z.number().int().nonnegative().catch(0) })
    .catch({ prompt_tokens: 0 }),
});

/** Status codes under which servers refuse a request that has more texts than they take. */
const tooMany: readonly (number | undefined)[] = [400, 413, 422];

/** The embeddings protocol behind the port. @param model name of the model or deployment */
export function openaiEmbeddings(
  client: OpenAI,
  model: string,
  { provider = 'openai', sending = defaultSending, logger }: EmbeddingsOptions = {},
): Embeddings {
  const asked: ModelRequestName = { operation: 'embeddings', provider, model };
  // Remembered for the life of the process: how many texts the server has taken at most since it refused more.
  let most = Number.POSITIVE_INFINITY;

  const ask = (input: string[], signal: AbortSignal) =>
    askInSpan(asked, async (span) => {
      const read = answer.safeParse(
        await send(
          (attempt) =>
            client.embeddings.create({ model, input, encoding_format: 'float' }, { signal: attempt }),
          sending,
          signal,
        ),
      );
      if (!read.success) {
        throw unreadable('no_vectors');
      }
      const { data, usage } = read.data;
      noteTokens(span, asked, { inputTokens: usage.prompt_tokens, outputTokens: 0 });
      if (data.length !== input.length) {
        throw unreadable('too_few_vectors');
      }
      return data
        .map(({ index, embedding }, place) => ({ index: index ?? place, embedding }))
        .sort((a, b) => a.index - b.index)
        .map(({ embedding }) => embedding);
    });

  /** Some servers take ten texts a request, some one: halves, until it fits. */
  async function embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    if (texts.length > most) {
      return await inHalves(texts, signal);
    }
    try {
      return await ask([...texts], signal);
    } catch (error) {
      const fault = error instanceof Error && error.cause;
      const refused = fault instanceof ModelFault && tooMany.includes(fault.status);
      if (!refused || texts.length === 1) {
        throw error;
      }
      const vectors = await inHalves(texts, signal);
      // Only now is it known that the number was the matter.
      most = Math.min(most, Math.ceil(texts.length / 2));
      return vectors;
    }
  }

  async function inHalves(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const half = Math.ceil(texts.length / 2);
    return [...(await embed(texts.slice(0, half), signal)), ...(await embed(texts.slice(half), signal))];
  }

  return { model, embed: (texts, signal) => reporting(logger, asked, () => embed(texts, signal)) };
}
