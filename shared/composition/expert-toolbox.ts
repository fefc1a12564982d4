import type { CallToolResult } from '@modelcontextprotocol/server';
import { endpointOfExpert, viewerAt } from '#platform/access/exposure';
import type { ExpertDefinition } from '#platform/experts/definition';
import type { ExpertToolbox, ToolOutcome } from '#platform/experts/ports';
import { toolSpec } from '#platform/experts/tool-specs';
import { namesOf, type ToolCall } from '#platform/mcp/definitions/tool';
import { leaveOutOptional } from '#platform/mcp/message/absent';
import type { Answer } from '#platform/mcp/pipeline/answer';
import type { Run } from '#platform/mcp/pipeline/compose';
import { openInvocation } from '#platform/mcp/pipeline/invocation';
import type { ToolRegistry } from '#platform/mcp/registry';

export interface ToolboxOptions {
  /** All tools that some expert may use; each gets its own, cut to what its caller may do. */
  readonly registry: ToolRegistry;
  /** The call pipeline: the one that the caller's own calls go through. */
  readonly run: Run;
}

/** Makes the tools of an expert: they run as the caller, and what needs the caller's agreement is only proposed. */
export function expertToolboxes({ registry, run }: ToolboxOptions) {
  return (call: ToolCall, expert: ExpertDefinition): ExpertToolbox => {
    const endpoint = endpointOfExpert(expert.domain);
    const allowed = registry.openTo(viewerAt(endpoint, call.principal));
    return {
      definitions: allowed.map(({ thing }) => toolSpec(thing)),
      async call(name, { idempotency_key: _, ...args }, signal, progress) {
        const isAllowed = allowed.some(({ thing }) => namesOf(thing).includes(name));
        const tool = isAllowed ? registry.find(name) : undefined;
        if (tool === undefined) {
          return { kind: 'error', message: `There is no tool ${name} for this expert.` };
        }
        const { operation } = tool;
        // models write null for what they leave out, too
        leaveOutOptional(args, operation.input);
        let task: string | undefined;
        const invocation = openInvocation(operation, {
          arguments: args,
          by: 'expert',
          endpoint,
          gone: signal,
          dialogue: {},
          call: {
            ...call,
            progress: (_progress, _total, message) => progress(message),
            goesOn: (id) => {
              task = id;
            },
          },
        });
        const answer = await run(invocation);
        call.signal.throwIfAborted();
        const outcome = outcomeOf(answer, operation.name, args);
        return outcome.kind === 'error' && task !== undefined ? { ...outcome, task } : outcome;
      },
    };
  };
}

function outcomeOf(
  answer: Answer<CallToolResult>,
  tool: string,
  args: Readonly<Record<string, unknown>>,
): ToolOutcome {
  if (answer.kind === 'asks') {
    throw new Error('An expert cannot be asked.');
  }
  if (answer.kind === 'failed') {
    const { code, sentence: message } = answer;
    return code === 'confirmation_required'
      ? { kind: code, message, action: { description: message, tool, arguments: args } }
      : { kind: 'error', message };
  }
  const { content, structuredContent } = answer.result;
  const [first] = content;
  return { kind: 'ok', data: structuredContent, summary: first?.type === 'text' ? first.text : '' };
}
