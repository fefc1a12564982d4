import type { ToolCall } from '../mcp/definitions/tool.ts';
import { currentJournal } from './durable/journal.ts';
import { defaultLimits, type Limits, limitsWithin } from './run-state.ts';

/** Of one step of a question that outlives its call: a turn, and the tools that it asks for. */
const stepLimits: Limits = { ...defaultLimits, hurryAfter: 200_000, milliseconds: 260_000 };

/**
 * The bounds of an answer: of a call, of one without progress, of a step of a long question.
 * @param withinMs how long an answer may take for a caller who gets no progress
 */
export function limitsOf({ hasProgress }: Pick<ToolCall, 'hasProgress'>, withinMs: number): Limits {
  if (currentJournal() !== undefined) {
    return stepLimits;
  }
  return hasProgress === true ? defaultLimits : limitsWithin(withinMs);
}
