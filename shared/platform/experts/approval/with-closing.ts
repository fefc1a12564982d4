import type { ToolCall } from '../../mcp/definitions/tool.ts';
import type { Conversation, ConversationStore, StoredConversation } from '../ports.ts';
import { type Changes, type Decision, withDecision } from './changes.ts';
import { keepReport, type Report, reportOf, upToProposal } from './report.ts';

/** What was proposed, and what became of it. */
export interface Decided {
  readonly id: string;
  /** Up to the answer that proposed it. */
  readonly proposal: Conversation;
  readonly decided: readonly Decision[];
}

/** Says more of what was decided; undefined when there is nothing that can be said. Never rejects. */
export type Close = (decided: Decided, call: ToolCall, withinMs?: number) => Promise<Report | undefined>;

/** A report that is kept. */
export interface Kept {
  readonly report: Report;
  readonly changes: Changes;
  /** The conversation that it goes on from. */
  readonly before: Conversation;
  readonly stored: StoredConversation;
}

/** Keeps what became of one of the changes, and the report of all of them. */
export async function keepDecision(
  { changes, stored }: Pick<Kept, 'changes' | 'stored'>,
  decision: Decision,
  conversations: ConversationStore,
): Promise<Kept> {
  const now = withDecision(changes, decision);
  const kept = { report: reportOf(now), changes: now, before: upToProposal(stored.conversation), stored };
  await keepReport(kept.report, now, kept.before, stored, conversations);
  return kept;
}

/** The report, and after it what a model says, where there is one and something was done. */
export async function withClosing(
  { report, changes, before, stored: { id } }: Kept,
  call: ToolCall,
  conversations: ConversationStore,
  close: Close | undefined,
  withinMs?: number,
): Promise<Report> {
  const { decided } = changes;
  if (close === undefined || decided.every(({ outcome }) => outcome !== 'done')) {
    return report;
  }
  const said = await close({ id, proposal: upToProposal(before), decided }, call, withinMs);
  if (said === undefined) {
    return report;
  }
  const whole = {
    ...said,
    ...report,
    status: report.status === 'done' ? said.status : report.status,
    answer: `${report.answer}\n\n${said.answer}`,
  };
  const now = await conversations.load(id);
  if (now.conversation.turns.at(-1)?.answer === report.answer) {
    await keepReport(whole, changes, before, now, conversations);
  }
  return whole;
}
