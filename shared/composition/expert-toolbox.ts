import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { ExpertDefinition } from '#platform/experts/definition';
import type { ExpertToolbox, ToolOutcome } from '#platform/experts/ports';
import { toolSpec, toolsFor } from '#platform/experts/tool-specs';
import type { AnyTool, ToolCall } from '#platform/mcp/definitions/tool';
import { leaveOutOptional } from '#platform/mcp/message/absent';
import { CallSignal } from '#platform/mcp/pipeline/call-signal';
import type { Invocation, ToolResult } from '#platform/mcp/pipeline/invocation';
import type { ToolRegistry } from '#platform/mcp/registry';

export interface ToolboxOptions {
  /** All tools that some expert may use; each gets its domain's, cut to what its caller may do. */
  readonly tools: readonly AnyTool[];
  readonly registry: ToolRegistry;
  /** The call pipeline: the one that the caller's own calls go through. */
  readonly run: (invocation: Invocation) => Promise<ToolResult>;
}

/** Makes the tools of an expert: they run as the caller, and what needs the caller's agreement is only proposed. */
export function expertToolboxes({ tools, registry, run }: ToolboxOptions) {
  return (call: ToolCall, expert: ExpertDefinition): ExpertToolbox => {
    const allowed = toolsFor(expert, call.principal.permissions, tools);
    return {
      definitions: allowed.map(toolSpec),
      async call(name, { idempotency_key: _, ...args }, signal, progress) {
        const tool = allowed.some((one) => one.name === name) ? registry.find(name) : undefined;
        if (tool === undefined) {
          return { kind: 'error', message: `There is no tool ${name} for this expert.` };
        }
        // models write null for what they leave out, too
        leaveOutOptional(args, tool.input);
        const ending = new CallSignal(signal);
        let task: string | undefined;
        const invocation: Invocation = {
          tool,
          arguments: args,
          id: randomUUID(),
          correlationId: call.correlationId,
          startedAt: call.now(),
          by: 'expert',
          dialogue: {},
          input: {},
          confirmationCode: undefined,
          outcome: 'unknown',
          ending,
          call: {
            ...call,
            get signal() {
              return ending.signal;
            },
            progress: (_progress, _total, message) => progress(message),
            goesOn: (id) => {
              task = id;
            },
          },
        };
        const result = (await run(invocation)) as CallToolResult;
        call.signal.throwIfAborted();
        const outcome = outcomeOf(result, invocation, args);
        return outcome.kind === 'error' && task !== undefined ? { ...outcome, task } : outcome;
      },
    };
  };
}

function outcomeOf(
  result: CallToolResult,
  { outcome, tool }: Invocation,
  args: Readonly<Record<string, unknown>>,
): ToolOutcome {
  const [first] = result.content;
  const sentence = first?.type === 'text' ? first.text : '';
  if (outcome === 'confirmation_required') {
    const action = { description: sentence, tool: tool.definition.name, arguments: args };
    return { kind: 'confirmation_required', message: sentence, action };
  }
  return result.isError === true
    ? { kind: 'error', message: sentence }
    : { kind: 'ok', data: result.structuredContent, summary: sentence };
}
