import type { ToolResult } from '../pipeline/invocation.ts';
import type { RegisteredTool } from '../registry.ts';
import type { Surface, ToolRequest } from '../surface.ts';
import type { LongTool, TaskState } from './ports.ts';
import { runThrough } from './run-through.ts';

/** The task that was started, or what the pipeline answered instead: a refusal, or a question to the user. */
export type Start = { readonly task: TaskState } | { readonly answer: ToolResult };

/** Starts the work of a call that is allowed, understood and agreed to. */
export async function startTask(
  surface: Surface,
  tool: RegisteredTool,
  long: LongTool,
  request: ToolRequest,
): Promise<Start> {
  let task: TaskState | undefined;
  const answer = await runThrough(surface, tool, request, async (input, call) => {
    task = await long.start(input, call);
  });
  if (answer !== undefined) {
    return { answer };
  }
  if (task === undefined) {
    throw new Error('The pipeline answered without the work.');
  }
  return { task };
}
