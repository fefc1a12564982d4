import * as z from 'zod';
import { answerAtEnd } from '../../answer.ts';
import type { ModelTurn, ToolRequest } from '../../ports.ts';
import { withoutReasoning } from '../../reasoning.ts';
import { contentFiltered, cutOff, spentBeforeAnswer, unreadable } from '../faults.ts';

/** Everything may be missing, null or of another type: servers differ, and the library does not look. */
export const text = z.string().catch('');
export const count = z.number().int().nonnegative().catch(0);

/** What a turn came to, whatever the protocol. */
export interface Written {
  /** What was said, thoughts possibly in it. */
  readonly said: string;
  readonly calls: readonly ToolRequest[];
  /** What the model thought, where the server tells; never shown or sent back. */
  readonly thoughts: string;
  /** In place of an answer: why the model does not give one. */
  readonly refusal: string;
  readonly end: 'whole' | 'cut' | 'filtered';
  readonly finishReason: string;
}

/**
 * A turn as the port knows it, without anything that the model only thought.
 * @throws Refused when the content filter refused or the answer was cut off; Unavailable when the turn's tokens were
 * used up before there was one
 */
export function turnOf(written: Written, { usage, model }: Pick<ModelTurn, 'usage' | 'model'>): ModelTurn {
  const { calls, thoughts, refusal, end, finishReason } = written;
  if (end === 'filtered') {
    throw contentFiltered();
  }
  const said = withoutReasoning(written.said).trim();
  if (end === 'cut') {
    // A call that is not whole must not be made, even where its beginning can be read.
    throw calls.length > 0 || said === '' ? spentBeforeAnswer() : cutOff();
  }
  const spoken = said === '' && calls.length === 0 ? answerAtEnd(thoughts) : said;
  return { text: spoken || refusal, calls, usage, model, finishReason };
}

/** The tokens of an answer; how many of its prompt the server had in its cache, where it says so. */
export function usageOf(inputTokens: number, outputTokens: number, cachedTokens: number): ModelTurn['usage'] {
  return { inputTokens, outputTokens, ...(cachedTokens > 0 && { cachedTokens }) };
}

/** @throws Unavailable always: the answer is none of the protocol. @param code what it lacks */
export function refuseUnreadable(answer: unknown, code: string): never {
  if (typeof answer !== 'string') {
    throw unreadable(code);
  }
  throw unreadable(/^\s*</.test(answer) ? 'a_page' : 'not_json');
}
