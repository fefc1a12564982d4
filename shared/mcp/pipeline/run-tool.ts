import type { CallToolResult } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import { failure, type Invocation, type Middleware } from './invocation.ts';

/** Checks the arguments against the tool's schema, runs the handler, and lets only declared fields out. */
export const runTool: Middleware = async (invocation) => {
  const { definition } = invocation.tool;
  const input = definition.input.safeParse(invocation.arguments ?? {});
  if (!input.success) {
    invocation.outcome = 'invalid_input';
    return failure(explain(input.error, invocation));
  }
  const result = definition.output.parse(await definition.handler(input.data, invocation.call));
  invocation.outcome = 'ok';
  return success(definition.summary(result), result);
};

/**
 * The readable sentence, the same data as JSON text for clients that do not read structured content
 * (MCP 2025-11-25, tools, "structured content"), and the structured content itself.
 */
function success(summary: string, result: Record<string, unknown>): CallToolResult {
  return {
    content: [
      { type: 'text', text: summary },
      { type: 'text', text: JSON.stringify(result) },
    ],
    structuredContent: result,
  };
}

/** One sentence naming each wrong field; values are not repeated, they may hold anything. */
function explain(error: z.ZodError, invocation: Invocation): string {
  const problems = error.issues.slice(0, 5).map((issue) => {
    const field = issue.path.map(String).join('.');
    return printable(field === '' ? issue.message : `${field}: ${issue.message}`);
  });
  return `Invalid arguments for ${invocation.tool.definition.name}: ${problems.join('; ')}. Correct them and call again.`;
}

/** Names of unknown fields come from the caller: control characters and lengths are cut. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, ' ').slice(0, 160);
}
