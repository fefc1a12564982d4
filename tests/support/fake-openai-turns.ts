import type * as z from 'zod';
import { completionOf } from './openai-completions.ts';
import { type ChatStep, type chatBody, type RawStep, type Rule, unansweredCall } from './openai-messages.ts';
import { misplacedItem, type ResponsesBody, type ResponsesRule, responseOf } from './openai-responses.ts';
import type { PromptCache } from './prompt-cache.ts';

/** What a request of one of the protocols comes to. */
export interface Turn {
  /** By a rule of the test. */
  readonly refusal: RawStep | undefined;
  /** What the real service would refuse: a code. */
  readonly problem: string | undefined;
  /** A planned step as the protocol says it. */
  answer(step: Extract<ChatStep, { text: string } | { calls: unknown }>): object;
}

const outputTokens = 20;

export function chatTurn(
  body: z.infer<typeof chatBody>,
  rules: readonly Rule[],
  cache: PromptCache | undefined,
): Turn {
  return {
    refusal: firstRefusal(rules, body),
    problem: unansweredCall(body.messages),
    answer(step) {
      const prompt = cache?.take(body.tools, ...body.messages);
      return completionOf(
        step,
        prompt && {
          prompt_tokens: prompt.tokens,
          completion_tokens: outputTokens,
          total_tokens: prompt.tokens + outputTokens,
          prompt_tokens_details: { cached_tokens: prompt.cached },
        },
      );
    },
  };
}

export function responsesTurn(
  body: ResponsesBody,
  rules: readonly ResponsesRule[],
  cache: PromptCache | undefined,
): Turn {
  return {
    refusal: firstRefusal(rules, body),
    problem: misplacedItem(body.input),
    answer(step) {
      const prompt = cache?.take(body.tools, body.instructions, ...body.input);
      return responseOf(
        step,
        body,
        prompt && {
          input_tokens: prompt.tokens,
          output_tokens: outputTokens,
          total_tokens: prompt.tokens + outputTokens,
          input_tokens_details: { cached_tokens: prompt.cached },
        },
      );
    },
  };
}

function firstRefusal<Body>(rules: readonly ((body: Body) => RawStep | undefined)[], body: Body) {
  return rules.map((rule) => rule(body)).find((one) => one !== undefined);
}
