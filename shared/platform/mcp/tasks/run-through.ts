import { isInputRequiredResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { defaultTimeoutMs, type ToolCall } from '../definitions/tool.ts';
import type { ToolResult } from '../pipeline/invocation.ts';
import type { RegisteredTool } from '../registry.ts';
import type { Surface, ToolRequest } from '../surface.ts';

const nothing = z.object({});

/**
 * Takes a call through the whole pipeline with other, short work in place of the tool's: access, input, agreement and
 * audit are those of any other call.
 * @returns undefined when the work was done, or what the pipeline answered instead: a refusal, or a question
 */
export async function runThrough(
  surface: Surface,
  tool: RegisteredTool,
  request: ToolRequest,
  work: (input: Readonly<Record<string, unknown>>, call: ToolCall) => Promise<void>,
): Promise<ToolResult | undefined> {
  const definition: RegisteredTool['definition'] = {
    ...tool.definition,
    output: nothing,
    timeoutMs: defaultTimeoutMs,
    handler: async (input, call) => {
      await work(input, call);
      return {};
    },
    summary: () => 'Done.',
  };
  const answer = await surface.callTool({ ...tool, definition }, request);
  return isInputRequiredResult(answer) || answer.isError === true ? answer : undefined;
}
