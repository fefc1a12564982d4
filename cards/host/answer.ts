import type { Host, ToolResult } from './host.ts';

/** What a tool's call came to: its data, or the sentence that says why there are none. */
export type Answer<Data> =
  | { readonly kind: 'data'; readonly data: Data; readonly said: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** @typeParam Data as the tool's output schema has it: the server checks every answer by it */
export function answerOf<Data>({ isError, structuredContent, content = [] }: ToolResult): Answer<Data> {
  if (isError !== true && typeof structuredContent === 'object' && structuredContent !== null) {
    // the sentence; behind it, the data stand once more
    return { kind: 'data', data: structuredContent as Data, said: content[0]?.text ?? '' };
  }
  const said = content.flatMap(({ text }) => text ?? []).join('\n');
  return isError === true
    ? { kind: 'refused', why: said }
    : { kind: 'failed', why: said || 'The answer holds no data. Try again.' };
}

/** Calls a tool; whatever goes wrong is an answer, too. */
export async function ask<Data>(host: Host, tool: string, args: object): Promise<Answer<Data>> {
  try {
    return answerOf<Data>(await host.call(tool, args));
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : 'The call failed. Try again.' };
  }
}
