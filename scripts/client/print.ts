import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { visible } from '#platform/format-controls';

/** One line per tool: its name and the first sentence of its description. */
export function toolLines(tools: readonly Tool[]): string[] {
  const width = Math.max(0, ...tools.map((tool) => tool.name.length));
  return tools.map((tool) => visible(`${tool.name.padEnd(width)}  ${firstSentence(tool.description ?? '')}`));
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** Data as a person reads them. A program that parses this gets them as they are. */
export function jsonText(value: unknown): string {
  return visible(JSON.stringify(value, null, 2));
}

/** The readable sentence first, then the data, indented. */
export function resultLines(result: CallToolResult): string[] {
  const [first] = result.content;
  const sentence = first?.type === 'text' ? visible(first.text) : '';
  return result.structuredContent === undefined
    ? [sentence]
    : [sentence, '', jsonText(result.structuredContent)];
}
