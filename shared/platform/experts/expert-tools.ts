import * as z from 'zod';
import { dayOf } from '../dates.ts';
import { line, paragraph } from '../mcp/definitions/inputs.ts';
import { type AnyTool, defineTool, type ToolCall } from '../mcp/definitions/tool.ts';
import type { Logger } from '../telemetry/log.ts';
import { answerStatuses } from './answer.ts';
import { wordsOfModels } from './answer-labels.ts';
import { askExpert, type ExpertAnswer, type Question } from './ask.ts';
import { type Accounting, accounted } from './budget/accounted.ts';
import { askToolOf, type ExpertDefinition } from './definition.ts';
import { limitsOf } from './limits.ts';
import type { ChatModel, ConversationStore, ExpertToolbox } from './ports.ts';
import type { Handing } from './team/team.ts';

export interface ExpertToolsDependencies extends Accounting {
  /** The model of the caller's tenant. */
  readonly modelFor: (call: ToolCall) => ChatModel;
  /** The expert's tools that the caller of `call` may use. */
  readonly toolboxFor: (call: ToolCall, expert: ExpertDefinition, handing: Handing) => ExpertToolbox;
  /** The conversations of the caller of `call`. */
  readonly conversationsFor: (call: ToolCall) => ConversationStore;
  readonly logger: Logger;
  /** How long an answer may take for a caller who gets no progress, in milliseconds. */
  readonly answerWithinMs: number;
}

/** Most steps that progress is reported for; an answer seldom takes more tool calls. */
const expectedSteps = 20;

/** Milliseconds between two progress notifications at most: clients that hear nothing give up. */
const keepAliveMs = 15_000;

/** Longer than a run may take (see `defaultLimits`), so that a run ends with its own words. */
const timeoutMs = 110_000;

const input = z.strictObject({
  question: paragraph(4_000, 'What you want to know, in your own words.'),
  conversation_id: line(
    100,
    'The conversation_id of an earlier answer of the same expert, for a question that goes on from there.',
  ).optional(),
});

/** What every tool through which experts are asked has in common. */
export const asking = {
  timeoutMs,
  // What an expert changes, it changes through tools that ask for confirmation themselves.
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input,
  labels: wordsOfModels,
};

export function outputOf(experts: readonly ExpertDefinition[]) {
  return z.object({
    domain: z.enum(experts.map(({ domain }) => domain)),
    status: z
      .enum(answerStatuses)
      .describe('needs_input: answer the follow_up or confirm an action; error: it could not be answered.'),
    answer: z.string(),
    citations: z.array(z.string()).describe('Titles of the documents that the answer rests on.'),
    actions: z.array(
      z.object({
        description: z.string(),
        tool: z.string().optional().describe('The tool that does it, once you agree.'),
        arguments: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
    follow_up: z.string().optional().describe('What the expert needs to know.'),
    handed_to: z
      .array(z.object({ tool: z.string(), domain: z.string(), question: z.string() }))
      .optional()
      .describe('Parts of the question that other experts answered.'),
    continue: z
      .object({
        tool: z.string(),
        arguments: z.object({ question: z.string(), conversation_id: z.string() }),
      })
      .optional()
      .describe('The call to make after you made a call of actions: it says what was done.'),
    conversation_id: z.string().describe('For follow-up questions; forgotten after a day.'),
    model: z.string().describe('What answered; offline-playbooks means that no language model was used.'),
  });
}

/** The experts as tools. */
export function expertTools(
  experts: readonly ExpertDefinition[],
  dependencies: ExpertToolsDependencies,
): readonly AnyTool[] {
  const output = outputOf(experts);
  return experts.map((expert) => expertTool(expert, output, experts, dependencies));
}

function expertTool(
  expert: ExpertDefinition,
  output: ReturnType<typeof outputOf>,
  experts: readonly ExpertDefinition[],
  dependencies: ExpertToolsDependencies,
): AnyTool {
  const { domain, formerNames, title, description, permission, example } = expert;
  return defineTool({
    name: askToolOf(domain),
    ...(formerNames !== undefined && { formerNames }),
    title,
    description,
    permission,
    example: () => ({ question: example }),
    ...asking,
    output,
    handler: ({ question, conversation_id: conversationId }, call) =>
      whileTelling(call, (progress) =>
        answerFor(call, async () => ({ expert, question, conversationId }), progress, experts, dependencies),
      ),
    summary: ({ answer }) => answer,
  });
}

/**
 * One answer of an expert, and of those to whom it hands parts, within the budget of its caller.
 * @param choose says whom to ask; what it uses for that counts, too
 */
export function answerFor(
  call: ToolCall,
  choose: () => Promise<Question>,
  progress: (message: string) => void,
  experts: readonly ExpertDefinition[],
  dependencies: ExpertToolsDependencies,
): Promise<ExpertAnswer> {
  const { modelFor, toolboxFor, conversationsFor, answerWithinMs, logger } = dependencies;
  const limits = limitsOf(call, answerWithinMs);
  return accounted(call, dependencies, async (tokensLeft) =>
    askExpert(await choose(), {
      model: modelFor(call),
      experts,
      limits: { ...limits, tokens: Math.min(limits.tokens, tokensLeft) },
      toolboxFor: (one, handing) => toolboxFor(call, one, handing),
      conversations: conversationsFor(call),
      origin: { tenant: call.principal.tenant, correlationId: call.correlationId },
      today: dayOf(call.now()),
      logger,
      signal: call.signal,
      progress,
    }),
  );
}

/** Tells the caller of every step, and that there is work when there was none for a while. */
export async function whileTelling<Result>(
  call: ToolCall,
  work: (progress: (message: string) => void) => Promise<Result>,
): Promise<Result> {
  const steps = stepCounter(call);
  const keepAlive = setInterval(() => steps('Working on the question'), keepAliveMs);
  try {
    return await work(steps);
  } finally {
    clearInterval(keepAlive);
  }
}

/** Progress must increase with every notification, and how many there will be is not known. */
function stepCounter(call: ToolCall): (message: string) => void {
  let step = 0;
  return (message) => {
    step += 1;
    call.progress(step, Math.max(expectedSteps, step + 1), message);
  };
}
