import type * as z from 'zod';
import type { ChatStep, embeddingsBody } from './openai-messages.ts';

let lastCall = 0;

export function completionOf(
  step: Extract<ChatStep, { text: string } | { calls: unknown }>,
  usage: object = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
) {
  const said =
    'calls' in step
      ? {
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            tool_calls: step.calls.map(({ name, arguments: args }) => ({
              id: `call_${++lastCall}`,
              type: 'function',
              function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
            })),
          },
        }
      : { finish_reason: step.finish ?? 'stop', message: { role: 'assistant', content: step.text } };
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 0,
    model: 'fake-model-2026',
    choices: [{ index: 0, logprobs: null, ...said }],
    usage,
  };
}

const dimensions = 64;

/** Vectors of words: texts that share words point in similar directions. */
export function embeddingsOf({ input, model }: z.infer<typeof embeddingsBody>) {
  return {
    object: 'list',
    model,
    data: input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  };
}

function vectorOf(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const place = [...word].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % dimensions, 7);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}
