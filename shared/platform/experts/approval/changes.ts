import type { CallToolResult } from '@modelcontextprotocol/server';
import { canonicalJson } from '../../json/canonical.ts';
import type { Answer } from '../../mcp/pipeline/answer.ts';
import { noAgreement } from '../../mcp/pipeline/confirm.ts';
import { sentenceOf, type ToolResult } from '../../mcp/tool-answer.ts';
import type { DecidedChange, ProposedAction, StoredConversation } from '../ports.ts';

/** Most changes of an answer that are asked about, one after the other: nobody reads more of them well. */
const mostAsked = 5;

export interface Decision extends DecidedChange {
  /** What the tool returned; not kept. */
  readonly data?: unknown;
}

/** What an expert proposed in an answer, and what became of it so far. */
export interface Changes {
  readonly decided: readonly Decision[];
  /** In their order; what could not be carried out is among them. */
  readonly waiting: readonly ProposedAction[];
}

export function changesOf({ conversation }: StoredConversation): Changes {
  const { decided = [], waiting = [] } = conversation.turns.at(-1) ?? {};
  return { decided, waiting };
}

/** What waits and nobody was asked about. */
export function notAsked({ decided, waiting }: Changes): readonly ProposedAction[] {
  return waiting.filter((one) => !decided.some(({ change }) => isSame(one, change)));
}

/** The next change to ask about; undefined when there is none, or enough was asked. */
export function nextToAsk(changes: Changes): ProposedAction | undefined {
  return changes.decided.length < mostAsked ? notAsked(changes)[0] : undefined;
}

export function withDecision({ decided, waiting }: Changes, decision: Decision): Changes {
  const stays = decision.outcome === 'failed';
  return {
    decided: [...decided, decision],
    waiting: stays ? waiting : waiting.filter((one) => !isSame(one, decision.change)),
  };
}

/** @param question id of the question that was answered, where the answer came with a request of its own */
export function decisionOf(outcome: Answer<ToolResult>, change: ProposedAction, question?: string): Decision {
  const about = { change, ...(question !== undefined && { question }) };
  if (outcome.kind === 'done') {
    const result = outcome.result as CallToolResult;
    return { ...about, outcome: 'done', sentence: sentenceOf(result), data: result.structuredContent };
  }
  const sentence = outcome.kind === 'failed' ? outcome.sentence : '';
  if (outcome.kind === 'failed' && outcome.waits !== undefined) {
    return { ...about, outcome: 'waits', sentence };
  }
  return { ...about, outcome: sentence === noAgreement ? 'refused' : 'failed', sentence };
}

function isSame(one: ProposedAction, other: ProposedAction): boolean {
  return one.tool === other.tool && canonicalJson(one.arguments) === canonicalJson(other.arguments);
}
