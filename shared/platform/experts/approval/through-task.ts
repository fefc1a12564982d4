import type { CallToolResult } from '@modelcontextprotocol/server';
import { isPerson } from '../../access/exposure.ts';
import { monotonicNow } from '../../clock.ts';
import type { Principal } from '../../identity/principal.ts';
import type { ToolCall } from '../../mcp/definitions/tool.ts';
import { agreementForm, stateLifetime, withoutAnswer } from '../../mcp/dialogue.ts';
import type { OperationRequest } from '../../mcp/operation-request.ts';
import { proposed } from '../../mcp/pipeline/confirm.ts';
import type { TaskDialogue, TaskState } from '../../mcp/tasks/ports.ts';
import { hashed } from '../../storage/keys.ts';
import type { TaskAnswers } from '../durable/question-tasks.ts';
import type { ConversationStore } from '../ports.ts';
import { waitsIn } from './approvals.ts';
import { put, told } from './ask-in-turn.ts';
import type { Means } from './carry-out.ts';
import { changesOf, decisionOf, nextToAsk } from './changes.ts';
import { goOnWith } from './go-on.ts';
import { type Close, keepDecision } from './with-closing.ts';

export interface ThroughTaskOptions {
  readonly means: Means & { readonly close?: Close | undefined };
  readonly conversationsFor: (call: Pick<ToolCall, 'principal'>) => ConversationStore;
  readonly answers: TaskAnswers;
  /** True for the first to use this id for this caller, on any instance. */
  readonly claim: (principal: Principal, id: string) => Promise<boolean>;
  readonly now: () => Date;
}

/** How long after the answer its changes may be agreed to, in milliseconds. */
const answerTime = stateLifetime * 1_000;
/** Milliseconds more in which nothing changes on the task but what was agreed to in time: what is completed stays so. */
const decisionTime = 120_000;
/** What a model may take for its closing words, in milliseconds. */
const closingTime = 20_000;

/**
 * Asks about the changes that an expert proposes in an answer that became a task, one after the other, for five minutes
 * after the answer was there. Then, or when all are decided, the task is completed, and stays what it is.
 */
export function throughTask(options: ThroughTaskOptions): TaskDialogue {
  return {
    async asking(state, principal) {
      const waiting = await waitingIn(state, principal, options, answerTime + decisionTime);
      if (waiting === undefined) {
        return state;
      }
      const { key, change } = waiting;
      const { result: _, ...open } = state;
      const question = proposed(change.description, change.tool, change.arguments, change.wish);
      return {
        ...open,
        status: 'input_required',
        message: 'An expert proposes a change: it waits for an answer.',
        inputRequests: { [key]: agreementForm(question) },
      };
    },
    async answered(state, request) {
      const { principal, context } = request;
      const waiting = await waitingIn(state, principal, options, answerTime);
      const said = waiting && firm(context.mcpReq.inputResponses?.[waiting.key]);
      if (said === undefined || waiting === undefined) {
        return;
      }
      if (await options.claim(principal, hashed(`${state.id} ${waiting.key}`))) {
        await decide(state, waiting, { ...request, canAsk: true, elicit: async () => said }, options);
      }
    },
  };
}

type Waiting = NonNullable<Awaited<ReturnType<typeof waitingIn>>>;

/** The change that is asked about now, if there is one. */
async function waitingIn(
  { id: task, status, result, updatedAt }: TaskState,
  principal: Principal,
  { conversationsFor, answers, now }: ThroughTaskOptions,
  withinMs: number,
) {
  const id = status === 'completed' && result !== undefined ? waitsIn(result) : undefined;
  const isInTime = now().getTime() - Date.parse(updatedAt) < withinMs;
  if (id === undefined || !isInTime || !isPerson(principal) || !(await answers.asked(task, principal))) {
    return undefined;
  }
  const conversations = conversationsFor({ principal });
  const stored = await conversations.load(id);
  const changes = changesOf(stored);
  const change = nextToAsk(changes);
  const { answer } = (result?.structuredContent ?? {}) as { readonly answer?: unknown };
  const isLast = String(answer).startsWith(stored.conversation.turns.at(-1)?.answer ?? '\0');
  // When the conversation went on, nothing is asked any more.
  return change === undefined || !isLast
    ? undefined
    : { key: `change-${changes.decided.length + 1}`, id, change, changes, stored, conversations };
}

/** What the person said; undefined when that is no answer. Who puts the question away does not agree. */
function firm(response: unknown): unknown {
  const { action } = (response ?? {}) as { readonly action?: unknown };
  if (action === 'cancel') {
    return { action: 'decline' };
  }
  return action === 'accept' || action === 'decline' ? response : undefined;
}

async function decide(
  state: TaskState,
  { id, change, changes, stored, conversations }: Waiting,
  request: OperationRequest,
  { means, answers }: ThroughTaskOptions,
): Promise<void> {
  const asking = {
    id,
    conversations,
    means,
    request: { ...request, context: withoutAnswer(request.context) },
  };
  const { outcome, wentOn } = await put(change, stored, answerTime, asking);
  const isOpen = outcome.kind === 'failed' && outcome.code === 'confirmation_required';
  const operation = means.registry.find(state.tool)?.operation;
  if (wentOn || isOpen || operation === undefined) {
    return;
  }
  const kept = await keepDecision({ changes, stored }, decisionOf(outcome, change), conversations);
  const { arguments: args } = goOnWith(stored.conversation.domain, id);
  const answer = await told(operation, kept, monotonicNow() + closingTime, {
    ...asking,
    request: { ...asking.request, arguments: args },
    means: { ...means, close: nextToAsk(kept.changes) === undefined ? means.close : undefined },
  });
  if (answer.kind === 'done') {
    await answers.replace(state.id, request.principal, answer.result as CallToolResult);
  }
}
