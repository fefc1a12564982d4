import * as z from 'zod';
import { visible } from '../format-controls.ts';
import type { ToolOutcome } from './ports.ts';

/** Most characters of one result; more would push the question out of a model's sight. */
const longestResult = 60_000;

const outcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), data: z.unknown() }),
  z.object({ outcome: z.literal('error'), message: z.string() }),
  z.object({ outcome: z.literal('confirmation_required'), message: z.string() }),
]);

/** A tool's outcome as it is shown to a model. */
export type ShownOutcome = z.infer<typeof outcome>;

/**
 * Puts what a tool returned between delimiters, as untrusted data. Every `<` in it is escaped, so that no text of a
 * record can end the data early, and every format control, so that none says to a model what people do not see.
 */
export function wrapToolData(result: ToolOutcome): string {
  const json = asData(shown(result));
  if (json.length <= longestResult) {
    return `<tool_data>${json}</tool_data>`;
  }
  const message = `The result is too long (${json.length} characters); ask for less.`;
  return wrapToolData({ kind: 'error', message });
}

/**
 * Puts a summary of what was said earlier between delimiters, line by line: what a person wrote then, or somebody
 * else in a text that was quoted, has no more authority now than any other data.
 */
export function wrapEarlier(summary: string): string {
  return `<earlier_conversation>${asData(summary.split('\n'))}</earlier_conversation>`;
}

/** Puts the part of a question that another expert hands over between delimiters: a model wrote it, and not the person. */
export function wrapHanded(part: string): string {
  return `[Note by this service] Another expert hands you this part of the question; answer it and nothing else. <handed_part>${asData(part)}</handed_part>`;
}

/** The outcome between the delimiters. @throws when the text was not made by {@link wrapToolData} */
export function unwrapToolData(text: string): ShownOutcome {
  return outcome.parse(JSON.parse(text.slice('<tool_data>'.length, -'</tool_data>'.length)));
}

function asData(value: unknown): string {
  return visible(JSON.stringify(value)).replaceAll('<', '\\u003c');
}

function shown(result: ToolOutcome): ShownOutcome {
  switch (result.kind) {
    case 'ok':
      return { outcome: 'ok', data: result.data };
    case 'error':
      return { outcome: 'error', message: result.message };
    case 'confirmation_required':
      return { outcome: 'confirmation_required', message: result.message };
  }
}
