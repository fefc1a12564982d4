import type { CallToolResult } from '@modelcontextprotocol/server';
import { visible } from '../../format-controls.ts';
import type { Middleware } from './invocation.ts';

/** Runs the handler and lets only declared fields out. */
export const runTool: Middleware = async (invocation) => {
  const { definition } = invocation.tool;
  const result = definition.output.parse(await definition.handler(invocation.input, invocation.call));
  invocation.outcome = 'ok';
  return success(definition.summary(result), result);
};

/**
 * The readable sentence, the same data as JSON text for clients that do not read structured content
 * (MCP 2025-11-25, tools, "structured content"), and the structured content itself. What is read as text has no hidden
 * characters; the structured content is the data as they are.
 */
export function success(summary: string, result: Record<string, unknown>): CallToolResult {
  return {
    content: [
      { type: 'text', text: visible(summary) },
      { type: 'text', text: visible(JSON.stringify(result)) },
    ],
    structuredContent: result,
  };
}
