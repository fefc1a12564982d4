import type OpenAI from 'openai';
import { Unavailable } from '../../errors.ts';
import type { Embeddings } from '../../knowledge/embeddings.ts';
import { askInSpan, type ModelRequestName, noteTokens } from '../../telemetry/model-use.ts';
import type { ModelProvider } from './options.ts';
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
}

/** The embeddings protocol behind the port. @param model name of the model or deployment */
export function openaiEmbeddings(
  client: OpenAI,
  model: string,
  { provider = 'openai', sending = defaultSending }: EmbeddingsOptions = {},
): Embeddings {
  const asked: ModelRequestName = { operation: 'embeddings', provider, model };
  return {
    model,
    embed: (texts, signal) =>
      askInSpan(asked, async (span) => {
        const input = [...texts];
        const { data, usage } = await send(
          (attempt) =>
            client.embeddings.create({ model, input, encoding_format: 'float' }, { signal: attempt }),
          sending,
          signal,
        );
        // Not every compatible server tells what it used.
        noteTokens(span, asked, { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: 0 });
        const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
        if (vectors.length !== input.length) {
          throw new Unavailable('The embedding model answered with too few vectors; try again in a moment.');
        }
        return vectors;
      }),
  };
}
