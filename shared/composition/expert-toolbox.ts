import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { exposureOf, viewerAt } from '#platform/access/exposure';
import { endpointOfExpert } from '#platform/access/offer';
import type { SwitchBoard } from '#platform/access/switch-board';
import { wordsOfModels } from '#platform/experts/answer-labels';
import type { ExpertDefinition } from '#platform/experts/definition';
import { currentJournal, keyOfWork } from '#platform/experts/durable/journal';
import { pausable } from '#platform/experts/durable/pausable';
import type { ExpertToolbox, HandedPart, ProposedAction, ToolOutcome } from '#platform/experts/ports';
import { handToolOf, isHandTool, toHandedAnswer } from '#platform/experts/team/hand-over';
import type { Handing } from '#platform/experts/team/team';
import { toolSpec } from '#platform/experts/tool-specs';
import { labelsIn } from '#platform/mcp/definitions/labels';
import { namesOf, type ToolCall } from '#platform/mcp/definitions/tool';
import { leaveOutOptional } from '#platform/mcp/message/absent';
import type { Answer } from '#platform/mcp/pipeline/answer';
import type { Run } from '#platform/mcp/pipeline/compose';
import { openInvocation } from '#platform/mcp/pipeline/invocation';
import type { Operation } from '#platform/mcp/pipeline/operation';
import type { ToolRegistry } from '#platform/mcp/registry';
import { sentenceOf, success } from '#platform/mcp/tool-answer';

export interface ToolboxOptions {
  /** All tools that some expert may use; each gets its own, cut to what its caller may do. */
  readonly registry: ToolRegistry;
  /** The call pipeline: the one that the caller's own calls go through. */
  readonly run: Run;
  /** What the operator switched off; nothing when left out. */
  readonly switches?: Pick<SwitchBoard, 'latest'> | undefined;
}

/** Makes the tools of an expert: they run as the caller, and what needs the caller's agreement is only proposed. */
export function expertToolboxes({ registry, run, switches }: ToolboxOptions) {
  return (call: ToolCall, expert: ExpertDefinition, handing: Handing): ExpertToolbox => {
    const endpoint = endpointOfExpert(expert.domain);
    // A question may take long, and its caller's request was read long ago.
    const viewer = viewerAt(endpoint, {
      ...call.principal,
      ...(switches && { switches: switches.latest() }),
    });
    // What is switched off is there, too: else a model would take it for something that the caller may not do.
    const own = registry.knownTo(viewer).filter(({ thing }) => !isHandTool(thing.name));
    // One that the caller may not ask is there, too: the pipeline refuses it in words that say what is missing.
    const others = handing.domains.flatMap((domain) => {
      const tool = registry.find(handToolOf(domain));
      const exposure = tool && exposureOf(tool, viewer);
      return tool !== undefined && (exposure === 'open' || exposure === 'withheld') ? [{ domain, tool }] : [];
    });
    const known = [...own, ...others.map(({ tool }) => tool)];
    return {
      definitions: known.map(({ thing }) => toolSpec(thing)),
      async call(name, { idempotency_key: _, ...given }, signal, progress, wish) {
        const isKnown = known.some(({ thing }) => namesOf(thing).includes(name));
        const tool = isKnown ? registry.find(name) : undefined;
        if (tool === undefined) {
          return { kind: 'error', message: `There is no tool ${name} for this expert.` };
        }
        // models write null for what they leave out, too
        leaveOutOptional(given, tool.operation.input);
        const args = withKey(given, tool.operation);
        let task: string | undefined;
        let part: HandedPart | undefined;
        const pause = pausable();
        const receiver = others.find((other) => other.tool === tool)?.domain;
        const operation: typeof tool.operation =
          receiver === undefined
            ? tool.operation
            : {
                ...tool.operation,
                // In a long question it comes again with every step, and step and calls have records of their own.
                ...(currentJournal() !== undefined && {
                  isUnrecorded: true as const,
                  effects: 'reads' as const,
                }),
                async run({ question }, { signal: ending }) {
                  part = await pause.within(() =>
                    handing.handOver(receiver, String(question), ending, progress),
                  );
                  const answer = part && toHandedAnswer(part);
                  return success(answer?.answer ?? '', answer ?? {}, wordsOfModels);
                },
              };
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
        pause.throwIfPaused();
        const outcome = outcomeOf(answer, {
          domain: expert.domain,
          tool: operation.name,
          arguments: args,
          wish,
        });
        if (outcome.kind === 'error' && task !== undefined) {
          return { ...outcome, task };
        }
        return outcome.kind === 'ok' && part !== undefined ? { ...outcome, part } : outcome;
      },
    };
  };
}

/**
 * A change gets a key: whoever carries it out, however often, does so once. Long work gets that of its place in a run: a
 * call that is repeated because its process ended joins the work that it began.
 */
function withKey(
  args: Readonly<Record<string, unknown>>,
  { effects, input }: Pick<Operation, 'effects' | 'input'>,
): Readonly<Record<string, unknown>> {
  const keys = { reads: undefined, writes: randomUUID, works: keyOfWork };
  const idempotency_key = 'idempotency_key' in input.shape ? keys[effects]?.() : undefined;
  return idempotency_key === undefined ? args : { ...args, idempotency_key };
}

function outcomeOf(
  answer: Answer<CallToolResult>,
  proposal: Omit<ProposedAction, 'description'>,
): ToolOutcome {
  if (answer.kind === 'asks') {
    throw new Error('An expert cannot be asked.');
  }
  if (answer.kind === 'failed') {
    const { code, sentence: message } = answer;
    return code === 'confirmation_required'
      ? { kind: code, message, action: { ...proposal, description: message } }
      : { kind: 'error', message };
  }
  const { result } = answer;
  return {
    kind: 'ok',
    data: result.structuredContent,
    summary: sentenceOf(result),
    labels: labelsIn(result._meta),
  };
}
