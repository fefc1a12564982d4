import type { CallToolResult } from '@modelcontextprotocol/client';

/** The text of an answer, or of what a card says; the rest is for programs. */
export function textOf({ content }: Pick<CallToolResult, 'content'>): string {
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
