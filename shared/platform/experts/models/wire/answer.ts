import * as z from 'zod';
import { answerAtEnd } from '../../answer.ts';
import type { ModelTurn } from '../../ports.ts';
import { withoutReasoning } from '../../reasoning.ts';
import { contentFiltered, cutOff, spentBeforeAnswer, unreadable } from '../faults.ts';
import { callsOf } from './calls.ts';

/** Everything may be missing, null or of another type: servers differ, and the library does not look. */
const text = z.string().catch('');
const count = z.number().int().nonnegative().catch(0);

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
  usage: z.looseObject({ prompt_tokens: count, completion_tokens: count }).catch({
    prompt_tokens: 0,
    completion_tokens: 0,
  }),
});
type Completion = z.infer<typeof completion>;

/** The parts of a content that are what was said; Mistral has thoughts among them. */
const parts = z.array(z.union([z.string(), z.looseObject({ type: text, text })]));

/** Names of one thing at OpenAI, Anthropic's and Mistral's servers. */
const cutReasons = ['length', 'max_tokens', 'model_length'];
const filterReasons = ['content_filter', 'sensitive'];

/** @throws Unavailable when it is no chat completion: a page, another protocol, a list without an entry */
export function readCompletion(answer: unknown): Completion {
  const read = completion.safeParse(answer);
  if (read.success) {
    return read.data;
  }
  if (typeof answer !== 'string') {
    throw unreadable('no_choices');
  }
  throw unreadable(/^\s*</.test(answer) ? 'a_page' : 'not_json');
}

/**
 * A turn as the port knows it, without anything that the model only thought.
 * @param model name to tell when the server tells none
 * @param known ids of the calls that the conversation has already
 * @throws Refused when the content filter refused or the answer was cut off; Unavailable when the turn's tokens were
 * used up before there was one
 */
export function toTurn(
  { choices: [choice], usage, model: version }: Completion,
  model: string,
  known: ReadonlySet<string>,
): ModelTurn {
  if (choice === undefined) {
    throw unreadable('no_choices');
  }
  const { message, finish_reason: finishReason } = choice;
  if (filterReasons.includes(finishReason)) {
    throw contentFiltered();
  }
  const said = withoutReasoning(textOf(message.content)).trim();
  const calls = callsOf(message.tool_calls, known);
  if (cutReasons.includes(finishReason)) {
    // A call that is not whole must not be made, even where its beginning can be read.
    throw calls.length > 0 || said === '' ? spentBeforeAnswer() : cutOff();
  }
  const spoken =
    said === '' && calls.length === 0 ? answerAtEnd(message.reasoning_content || message.reasoning) : said;
  return {
    text: spoken || message.refusal,
    calls,
    usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens },
    model: version || model,
    finishReason,
  };
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
