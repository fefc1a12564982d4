import type { CallToolResult, Tool } from '@modelcontextprotocol/client';

/** One line per tool: its name and the first sentence of its description. */
export function toolLines(tools: readonly Tool[]): string[] {
  const width = Math.max(0, ...tools.map((tool) => tool.name.length));
  return tools.map((tool) => `${tool.name.padEnd(width)}  ${firstSentence(tool.description ?? '')}`);
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

/** The readable sentence first, then the data, indented. */
export function resultLines(result: CallToolResult): string[] {
  const [first] = result.content;
  const sentence = first?.type === 'text' ? first.text : '';
  return result.structuredContent === undefined
    ? [sentence]
    : [sentence, '', JSON.stringify(result.structuredContent, null, 2)];
}
