import type { Span } from '@opentelemetry/api';
import { monotonicNow } from '../clock.ts';
import { InvalidInput } from '../errors.ts';
import { inAgentSpan, noteAnswer } from '../telemetry/agent-use.ts';
import type { LogFields, Logger } from '../telemetry/log.ts';
import type { FinalAnswer } from './answer.ts';
import { type GoOn, goOnWith } from './approval/go-on.ts';
import { historyOf, withTurn } from './compaction.ts';
import { askToolOf, type ExpertDefinition, versionOf } from './definition.ts';
import { labelRules } from './flow/label-rules.ts';
import type { FlowRules } from './flow/rules.ts';
import { runExpert } from './loop.ts';
import {
  type ChatModel,
  type Conversation,
  type ConversationStore,
  type ExpertToolbox,
  type Handed,
  type ProposedAction,
  resumedPrefix,
  type StoredConversation,
  type ToolRequest,
} from './ports.ts';
import { defaultLimits, type ExpertResult, type Limits, type Meter, newMeter } from './run-state.ts';
import { type Handing, handingOf } from './team/team.ts';

export interface Question {
  readonly expert: ExpertDefinition;
  readonly question: string;
  /** Goes on with what was said under this id; starts anew when left out. */
  readonly conversationId?: string | undefined;
  /** The same conversation, when it was read already. */
  readonly stored?: StoredConversation | undefined;
  /** Has what was spent for the question before; see {@link newMeter}. */
  readonly meter?: Meter;
}

export interface AskDependencies {
  readonly model: ChatModel;
  /** An expert's tools for the caller, with those by which it hands parts to others. */
  readonly toolboxFor: (expert: ExpertDefinition, handing: Handing) => ExpertToolbox;
  /** To whom parts may be handed; the expert alone answers when left out. */
  readonly experts?: readonly ExpertDefinition[];
  /** The caller's own. */
  readonly conversations: ConversationStore;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly logger: Logger;
  /** For whom and under which id the log has the question. */
  readonly origin?: LogFields;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  readonly limits?: Limits;
  /** What may become of what was read; by its labels when left out. */
  readonly rules?: FlowRules;
}

/** What can be done next; with `tool` and `arguments` when it is a call that waits for the caller's agreement. */
export interface SuggestedAction {
  readonly description: string;
  readonly tool?: string;
  readonly arguments?: Record<string, unknown>;
}

export interface ExpertAnswer {
  readonly domain: string;
  readonly status: FinalAnswer['status'];
  readonly answer: string;
  readonly citations: string[];
  readonly actions: SuggestedAction[];
  readonly follow_up?: string;
  /** Parts that other experts answered. */
  readonly handed_to?: (Handed & { readonly tool: string })[];
  /** The call that goes on from here, after the caller has made a call of `actions`. */
  readonly continue?: GoOn;
  readonly conversation_id: string;
  readonly model: string;
}

/**
 * Asks an expert, on behalf of the caller whose toolbox and conversations these are.
 * @throws NotFound for an unknown conversation, Conflict when it went on elsewhere meanwhile, InvalidInput when it is
 * another expert's; Unavailable and Refused as the model says
 */
export async function askExpert(asked: Question, dependencies: AskDependencies): Promise<ExpertAnswer> {
  const { expert } = asked;
  const correlationId = dependencies.origin?.correlationId;
  const version = versionOf(expert);
  const agent = {
    name: expert.domain,
    version,
    ...(typeof correlationId === 'string' && { correlationId }),
  };
  return await inAgentSpan(agent, (span) => answerWithin(span, version, asked, dependencies));
}

async function answerWithin(
  span: Span,
  version: string,
  asked: Question,
  dependencies: AskDependencies,
): Promise<ExpertAnswer> {
  const started = monotonicNow();
  const { expert, question, conversationId } = asked;
  const { domain } = expert;
  const { conversations, logger, origin, experts = [], toolboxFor, ...run } = dependencies;
  const stored =
    asked.stored ?? (conversationId === undefined ? undefined : await conversations.load(conversationId));
  const before = stored?.conversation ?? { domain, summary: '', turns: [] };
  refuseOtherExperts(before, domain);
  const history = historyOf(before);
  const citable = before.turns.flatMap(({ citations: cited }) => cited);
  const limits = run.limits ?? defaultLimits;
  const meter = asked.meter ?? newMeter();
  const resumeOf = (one: ExpertDefinition) => resumed(before, one);
  const team = { ...run, experts, toolboxFor, history, question, citable, meter, resumeOf };
  const ran = await runExpert({
    ...run,
    expert,
    toolbox: toolboxFor(expert, handingOf(team, expert, limits)),
    messages: [...history, { role: 'user', text: question }],
    resume: resumeOf(expert),
    citable,
    limits,
    meter,
  });
  const result = asShown(ran, run.rules ?? labelRules);
  const { status, answer, citations } = result.answer;
  const { tasks, proposals } = result;
  const turn = {
    question,
    answer,
    status,
    citations,
    ...(tasks.length > 0 && { tasks }),
    ...(proposals.length > 0 && { waiting: proposals }),
  };
  const after = withTurn(before, turn, expert.records);
  const conversation_id = await keep(conversations, stored, after);
  noteAnswer(span, { ...result.statistics, conversationId: conversation_id });
  logRun(logger, { ...origin, domain, instructions: version }, result, monotonicNow() - started);
  return {
    domain,
    conversation_id,
    ...toAnswer(result),
    ...(proposals.length > 0 && { continue: goOnWith(domain, conversation_id) }),
  };
}

/** Most tasks of an earlier answer that are looked at. */
const mostResumed = 5;

/** Tasks that an earlier answer left running are read before the model gets the next question. */
function resumed({ turns }: Conversation, { resume }: ExpertDefinition): ToolRequest[] {
  if (resume === undefined) {
    return [];
  }
  const tasks = turns.at(-1)?.tasks?.slice(0, mostResumed) ?? [];
  return tasks.map((task_id, place) => ({
    id: `${resumedPrefix}${place}`,
    name: resume.tool,
    argumentsText: JSON.stringify({ task_id }),
  }));
}

function refuseOtherExperts({ domain: owner }: Conversation, domain: string): void {
  if (owner !== domain) {
    throw new InvalidInput(
      `This conversation is with ${askToolOf(owner)}; go on there, or leave conversation_id out to start a new one.`,
    );
  }
}

async function keep(
  conversations: ConversationStore,
  stored: StoredConversation | undefined,
  conversation: Conversation,
): Promise<string> {
  if (stored === undefined) {
    return await conversations.create(conversation);
  }
  await conversations.save(stored, conversation);
  return stored.id;
}

/** Every sentence that is shown or kept, without ways out; the arguments of proposed calls stay what they are. */
function asShown({ answer, proposals, handed, ...rest }: ExpertResult, { shown }: FlowRules): ExpertResult {
  const { follow_up } = answer;
  return {
    ...rest,
    answer: {
      ...answer,
      answer: shown(answer.answer),
      actions: answer.actions.map(shown),
      follow_up: follow_up === null ? null : shown(follow_up),
    },
    proposals: proposals.map((one) => ({ ...one, description: shown(one.description) })),
    handed: handed.map((part) => ({ ...part, question: shown(part.question) })),
  };
}

/** A change that waits, as its caller is told of it: what it does, and where the wish for it comes from. */
export function suggested({ description, wish, tool, arguments: args }: ProposedAction): SuggestedAction {
  return {
    description: wish === undefined ? description : `${description} ${wish}`,
    tool,
    arguments: { ...args },
  };
}

function toAnswer({ answer, proposals, handed, model }: ExpertResult) {
  const { status, answer: text, citations, actions, follow_up } = answer;
  return {
    status,
    answer: text,
    citations,
    actions: [...proposals.map(suggested), ...actions.map((description) => ({ description }))],
    ...(follow_up === null ? {} : { follow_up }),
    ...(handed.length === 0
      ? {}
      : { handed_to: handed.map((part) => ({ tool: askToolOf(part.domain), ...part })) }),
    model,
  };
}

/** Counts, names, durations (milliseconds) and token use; nothing of what was said. */
export function logRun(
  logger: Logger,
  about: LogFields,
  { answer, model, statistics, proposals, handed }: ExpertResult,
  took: number,
) {
  const { turns, tools, inputTokens, outputTokens, cachedTokens } = statistics;
  logger.log('info', 'expert answered', {
    ...about,
    model,
    status: answer.status,
    turns,
    toolCalls: tools.length,
    tools: [...new Set(tools)].join(' '),
    proposals: proposals.length,
    ...(handed.length > 0 && { handedTo: handed.map((part) => part.domain).join(' ') }),
    inputTokens,
    outputTokens,
    cachedTokens,
    durationMs: Math.round(took),
  });
}
