import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Answer } from '../../mcp/pipeline/answer.ts';
import { noAgreement } from '../../mcp/pipeline/confirm.ts';
import { sentenceOf, success, type ToolResult } from '../../mcp/tool-answer.ts';
import { type ExpertAnswer, suggested } from '../ask.ts';
import { withTurn } from '../compaction.ts';
import type { ConversationStore, ProposedAction, StoredConversation } from '../ports.ts';
import { doorToolName } from '../team/door.ts';
import { goOnWith } from './go-on.ts';

/** Says who answered what no model wrote. */
const composedBy = 'none';

/** What became of a change that waited. */
export interface Decided {
  readonly status: ExpertAnswer['status'];
  /** For the person, in sentences. */
  readonly answer: string;
  /** What waits now. */
  readonly waiting: readonly ProposedAction[];
  readonly follow_up?: string;
}

/** @param others what waited beside it */
export function decidedBy(
  outcome: Answer<ToolResult>,
  change: ProposedAction,
  others: readonly ProposedAction[],
): Decided {
  if (outcome.kind === 'done') {
    const status = others.length === 0 ? 'done' : 'needs_input';
    return { status, answer: `Done: ${sentenceOf(outcome.result as CallToolResult)}`, waiting: others };
  }
  const sentence = outcome.kind === 'failed' ? outcome.sentence : '';
  return sentence === noAgreement
    ? { status: 'needs_input', answer: sentence, waiting: others, follow_up: 'What should be done instead?' }
    : { status: 'error', answer: `Not done: ${sentence}`, waiting: [change, ...others] };
}

/** Keeps what was decided in the conversation, and makes it the answer of the expert that was asked. */
export async function reported(
  askTool: string,
  { status, answer, waiting, follow_up }: Decided,
  stored: StoredConversation,
  conversations: ConversationStore,
): Promise<CallToolResult> {
  const { id, conversation } = stored;
  const { domain, turns } = conversation;
  const citations = [...(turns.at(-1)?.citations ?? [])];
  const turn = { question: 'About the proposed change:', answer, status, citations };
  // What was done, was done: whoever went on with the conversation meanwhile does not change that.
  await conversations
    .save(stored, withTurn(conversation, { ...turn, ...(waiting.length > 0 && { waiting }) }, []))
    .catch(() => {});
  const result = {
    domain,
    status,
    answer,
    citations,
    actions: waiting.map(suggested),
    ...(follow_up !== undefined && { follow_up }),
    ...(waiting.length > 0 && { continue: goOnWith(domain, id) }),
    conversation_id: id,
    model: composedBy,
    ...(askTool === doorToolName && { why: 'The conversation is with this expert.' }),
  };
  return success(answer, result);
}
