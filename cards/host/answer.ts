import { isFault } from '#platform/errors';
import type { Host, ToolResult } from './host.ts';

/** What a tool's call came to: its data, or the sentence that says why there are none. */
export type Answer<Data> = { readonly kind: 'data'; readonly data: Data; readonly said: string } | NoAnswer;

/** `refused`: by a rule, which the server tells. `failed`: otherwise. `cancelled`: the client says that no answer will come. */
export interface NoAnswer {
  readonly kind: 'refused' | 'failed' | 'cancelled';
  readonly why: string;
}

/** @typeParam Data as the tool's output schema has it: the server checks every answer by it */
export function answerOf<Data>(result: ToolResult): Answer<Data> {
  const { isError, structuredContent, content = [], _meta } = result;
  if (isError !== true && typeof structuredContent === 'object' && structuredContent !== null) {
    // the sentence; behind it, the data stand once more
    return { kind: 'data', data: structuredContent as Data, said: content[0]?.text ?? '' };
  }
  const said = content.flatMap(({ text }) => text ?? []).join('\n');
  return isError === true
    ? { kind: isRefusal(_meta?.failure) ? 'refused' : 'failed', why: said }
    : { kind: 'failed', why: said || 'The answer holds no data. Try again.' };
}

/** Somebody decided it: nothing is at fault. Of a result without a code, that is not known. */
function isRefusal(code: unknown): boolean {
  return typeof code === 'string' && !isFault(code);
}

/** Calls a tool; whatever goes wrong is an answer, too. */
export async function ask<Data>(host: Host, tool: string, args: object): Promise<Answer<Data>> {
  try {
    return answerOf<Data>(await host.call(tool, args));
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : 'The call failed. Try again.' };
  }
}
