import * as z from 'zod';
import type { ReadAnswer } from '../protocol.ts';
import { callsOf } from './calls.ts';
import { count, refuseUnreadable, text, turnOf, usageOf } from './turn.ts';

const completion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        finish_reason: text,
        message: z.looseObject({
          content: z.unknown().optional(),
          refusal: text,
          tool_calls: z.unknown().optional(),
          reasoning_content: text,
          reasoning: text,
        }),
      }),
    )
    .min(1),
  model: text,
  usage: z
    .looseObject({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.looseObject({ cached_tokens: count }).optional().catch(undefined),
    })
    .catch({ prompt_tokens: 0, completion_tokens: 0 }),
});

/** The parts of a content that are what was said; Mistral has thoughts among them. */
const parts = z.array(z.union([z.string(), z.looseObject({ type: text, text })]));

/** Names of one thing at OpenAI, Anthropic's and Mistral's servers. */
const cutReasons = ['length', 'max_tokens', 'model_length'];
const filterReasons = ['content_filter', 'sensitive'];

/** @throws Unavailable when it is no chat completion: a page, another protocol, a list without an entry */
export function readCompletion(answer: unknown, asked: string): ReadAnswer {
  const { data } = completion.safeParse(answer);
  const choice = data?.choices[0];
  if (data === undefined || choice === undefined) {
    return refuseUnreadable(answer, 'no_choices');
  }
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = data.usage;
  const usage = usageOf(input, output, details?.cached_tokens ?? 0);
  const { message, finish_reason: finishReason } = choice;
  return {
    usage,
    toTurn: (known) =>
      turnOf(
        {
          said: textOf(message.content),
          calls: callsOf(message.tool_calls, known),
          thoughts: message.reasoning_content || message.reasoning,
          refusal: message.refusal,
          end: endOf(finishReason),
          finishReason,
        },
        { usage, model: data.model || asked },
      ),
  };
}

function endOf(finishReason: string): 'whole' | 'cut' | 'filtered' {
  if (filterReasons.includes(finishReason)) {
    return 'filtered';
  }
  return cutReasons.includes(finishReason) ? 'cut' : 'whole';
}

function textOf(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  const { data = [] } = parts.safeParse(content);
  return data
    .flatMap((part) => {
      if (typeof part === 'string') {
        return [part];
      }
      return ['', 'text', 'output_text'].includes(part.type) ? [part.text] : [];
    })
    .join('');
}
