import type { CallToolResult } from '@modelcontextprotocol/server';
import { Conflict } from '../../errors.ts';
import type { ToolCall } from '../../mcp/definitions/tool.ts';
import { withoutAnswer } from '../../mcp/dialogue.ts';
import type { OperationRequest } from '../../mcp/operation-request.ts';
import { usedAlready } from '../../mcp/pipeline/confirm.ts';
import type { ConfirmationState, ConversationMark } from '../../mcp/pipeline/invocation.ts';
import type { Operation } from '../../mcp/pipeline/operation.ts';
import type { Approval } from '../../mcp/surface.ts';
import type { ConversationStore, ProposedAction, StoredConversation } from '../ports.ts';
import { askInTurn, nothingWaits } from './ask-in-turn.ts';
import { carryOut, type Means, wasCarriedOut } from './carry-out.ts';
import { type Changes, changesOf, type Decision, decisionOf, nextToAsk, withDecision } from './changes.ts';
import { conversationToGoOn } from './go-on.ts';
import { keepReport, type Report, reportOf, toResult, upToProposal } from './report.ts';
import { type Close, withClosing } from './with-closing.ts';

export interface ApprovalOptions extends Means {
  readonly conversationsFor: (call: Pick<ToolCall, 'principal'>) => ConversationStore;
  /** Names of the tools through which experts are asked. */
  readonly askTools: readonly string[];
  /** Whether a client that can be asked is asked; otherwise changes are only proposed. */
  readonly asksClients: boolean;
  /** Has a language model say what follows from a change that was made; left out where there is none. */
  readonly close?: Close | undefined;
}

/**
 * Lets the person decide on what an expert proposes, within the question: a client that can ask its user is asked about
 * one change after the other, and after a yes it runs, through the same steps as every call. Any other client gets the
 * proposal, and a call with which the conversation goes on once it was carried out.
 */
export function approvals(options: ApprovalOptions): Approval {
  const { askTools, asksClients, conversationsFor } = options;
  return {
    decision(operation, request) {
      if (!askTools.includes(operation.name)) {
        return undefined;
      }
      const asked = questionIn(request);
      if (asked !== undefined) {
        return deciding(operation, asked.conversation.id, options, answered(asked, request, options));
      }
      const done = conversationToGoOn(request.arguments);
      return done === undefined ? undefined : deciding(operation, done, options, goingOn(request, options));
    },
    async settle(operation, result, request) {
      const answer = { kind: 'done', result } as const;
      const id = askTools.includes(operation.name) ? waitsIn(result) : undefined;
      if (id === undefined || !asksClients || !request.canAsk || !(await mayAsk(id, request, options))) {
        return answer;
      }
      return await askInTurn(operation, answer, {
        id,
        request: { ...request, context: withoutAnswer(request.context) },
        conversations: conversationsFor(request),
        means: options,
      });
    },
  };
}

/** The question that a request answers, which an expert asked; undefined when it answers none. */
function questionIn({ context }: OperationRequest) {
  const state = context.mcpReq.requestState<ConfirmationState>();
  const { conversation } = state ?? {};
  return state === undefined || conversation === undefined ? undefined : { ...state, conversation };
}

/** Nobody is asked who looks what was done, or has just left a question without an answer. */
async function mayAsk(
  id: string,
  request: OperationRequest,
  { conversationsFor }: ApprovalOptions,
): Promise<boolean> {
  const asked = questionIn(request);
  if (asked === undefined) {
    return conversationToGoOn(request.arguments) === undefined;
  }
  return wasDecided(await conversationsFor(request).load(id), asked.id);
}

function wasDecided(stored: StoredConversation, question: string): boolean {
  return changesOf(stored).decided.some((one) => one.question === question);
}

/** The conversation in which a change waits for its caller. */
export function waitsIn({ structuredContent }: CallToolResult): string | undefined {
  const said = structuredContent as
    | { readonly continue?: unknown; readonly conversation_id?: unknown }
    | undefined;
  return said?.continue === undefined ? undefined : String(said.conversation_id);
}

/** What became of the changes that wait in a conversation. */
interface Outcome {
  readonly changes: Changes;
  readonly report: Report;
  /** It was decided before, and stays as it is kept. */
  readonly isKnown?: true;
  /** What waited was decided elsewhere, and nothing more is asked about it. */
  readonly isOver?: true;
}
type Decide = (stored: StoredConversation, call: ToolCall) => Promise<Outcome>;

/** The tool's own call, which decides on what waits and does nothing else. */
function deciding(
  operation: Operation<CallToolResult>,
  id: string,
  { conversationsFor, close }: ApprovalOptions,
  decide: Decide,
): Operation<CallToolResult> {
  return {
    ...operation,
    async run(_input, call) {
      const conversations = conversationsFor(call);
      const stored = await conversations.load(id);
      const { changes, report, isKnown, isOver } = await decide(stored, call);
      if (isKnown === true) {
        return toResult(operation.name, report, changes, stored);
      }
      const { conversation } = stored;
      const before = isOver ? conversation : upToProposal(conversation);
      await keepReport(report, isOver ? { ...changes, decided: [] } : changes, before, stored, conversations);
      const isLast = isOver === true || nextToAsk(changes) === undefined;
      const kept = { report, changes, before, stored };
      const said = isLast ? await withClosing(kept, call, conversations, close) : report;
      return toResult(operation.name, said, changes, stored);
    },
  };
}

/** The question again, with the person's answer: what runs is the change, and nothing of the question. */
function answered(
  { id: question, conversation: { etag } }: { readonly id: string; readonly conversation: ConversationMark },
  request: OperationRequest,
  options: ApprovalOptions,
): Decide {
  return async (stored) => {
    const changes = changesOf(stored);
    if (wasDecided(stored, question)) {
      const report = reportOf(changes);
      const answer = `This was decided before. ${report.answer}`;
      return { changes, report: { ...report, answer }, isKnown: true };
    }
    const change = nextToAsk(changes);
    if (stored.etag !== etag || change === undefined) {
      throw new Conflict(nothingWaits);
    }
    const outcome = await carryOut(change, request, options);
    if (outcome.kind === 'failed' && outcome.sentence === usedAlready) {
      throw new Conflict(nothingWaits);
    }
    const isOpen = outcome.kind === 'failed' && outcome.code === 'confirmation_required';
    const after = isOpen ? changes : withDecision(changes, decisionOf(outcome, change, question));
    return { changes: after, report: reportOf(after), ...(isOpen && { isKnown: true }) };
  };
}

/** Says what became of the changes that waited; looks, and carries nothing out. */
function goingOn(request: OperationRequest, options: ApprovalOptions): Decide {
  return async (stored, call) => {
    const sentences: string[] = [];
    const waiting: ProposedAction[] = [];
    const decided: Decision[] = [];
    for (const one of waitingIn(stored)) {
      if (await wasCarriedOut(one, call, options)) {
        const decision = decisionOf(await carryOut(one, { ...request, canAsk: false }, options), one);
        decided.push(decision);
        sentences.push(`${decision.outcome === 'done' ? 'Done' : 'Not done'}: ${decision.sentence}`);
      } else {
        sentences.push(`Not done yet: ${one.description}`);
        waiting.push(one);
      }
    }
    const status = waiting.length === 0 ? 'done' : 'needs_input';
    return {
      changes: { decided, waiting },
      report: { status, answer: sentences.join('\n') },
      isOver: true,
    };
  };
}

/** @throws Conflict when nothing waits there any more */
function waitingIn(stored: StoredConversation): readonly ProposedAction[] {
  const { waiting } = changesOf(stored);
  if (waiting.length === 0) {
    throw new Conflict(nothingWaits);
  }
  return waiting;
}
