import type { CallToolResult } from '@modelcontextprotocol/server';
import type { ToolCall } from '../../tools/define.ts';
import type { RegisteredTool } from '../registry.ts';

/** One call of one tool on its way through the pipeline. */
export interface Invocation {
  readonly tool: RegisteredTool;
  /** As the client sent them; checked by the input step. */
  readonly arguments: unknown;
  readonly call: ToolCall;
  readonly correlationId: string;
  /** How the call ended, for the log; set by the step that knows. */
  outcome: string;
}

export type Next = () => Promise<CallToolResult>;

/** A step of the pipeline. It may answer itself, or call `next` and look at the answer. */
export type Middleware = (invocation: Invocation, next: Next) => Promise<CallToolResult>;

/** Runs the steps in order, the first one outermost; the last one must answer. */
export function compose(steps: readonly Middleware[]): (invocation: Invocation) => Promise<CallToolResult> {
  return (invocation) => {
    const run = (index: number): Promise<CallToolResult> => {
      const step = steps[index];
      if (step === undefined) throw new Error('The last step of the pipeline must answer.');
      return step(invocation, () => run(index + 1));
    };
    return run(0);
  };
}

/** A failure as the model reads it: one sentence, no structured content. */
export function failure(sentence: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: sentence }] };
}
