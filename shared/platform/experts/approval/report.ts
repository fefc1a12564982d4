import type { CallToolResult } from '@modelcontextprotocol/server';
import { success } from '../../mcp/tool-answer.ts';
import { wordsOfModels } from '../answer-labels.ts';
import { type ExpertAnswer, suggested } from '../ask.ts';
import { withTurn } from '../compaction.ts';
import type { Conversation, ConversationStore, StoredConversation } from '../ports.ts';
import { doorToolName } from '../team/door.ts';
import { type Changes, type Decision, notAsked } from './changes.ts';
import { goOnWith } from './go-on.ts';

/** Says who answered what no model wrote. */
const composedBy = 'none';

/** What is said of the changes that an expert proposed. */
export interface Report {
  readonly status: ExpertAnswer['status'];
  /** For the person, in sentences. */
  readonly answer: string;
  readonly follow_up?: string;
  /** What else can be done, in words. */
  readonly actions?: readonly string[];
  /** Who wrote of it; nobody when left out. */
  readonly model?: string;
}

/** What was done, refused and not asked about, a sentence each. */
export function reportOf(changes: Changes): Report {
  const { decided, waiting } = changes;
  const open = notAsked(changes);
  const isOne = decided.length + open.length === 1;
  const sentences = [
    ...decided.map((one) => sentenceFor(one, isOne)),
    ...open.map(({ description }) => `Not asked about: ${description}`),
  ];
  const refused = decided.some(({ outcome }) => outcome === 'refused');
  const isBroken = open.length === 0 && decided.every(({ outcome }) => outcome === 'failed');
  const isAllDone = waiting.length === 0 && decided.every(({ outcome }) => outcome === 'done');
  return {
    status: isBroken ? 'error' : isAllDone ? 'done' : 'needs_input',
    answer: sentences.join('\n'),
    ...(refused && { follow_up: 'What should be done instead?' }),
  };
}

/** @param isOne nothing else was proposed */
function sentenceFor({ outcome, sentence, change: { description } }: Decision, isOne: boolean): string {
  switch (outcome) {
    case 'done':
      return `Done: ${sentence}`;
    case 'refused':
      return isOne ? sentence : `Not done, because the user did not agree: ${description}`;
    case 'waits':
      return isOne ? sentence : `Not done yet: ${description} ${sentence}`;
    case 'failed':
      return isOne ? `Not done: ${sentence}` : `Not done: ${description} ${sentence}`;
  }
}

/** The conversation up to the answer that proposed the changes. */
export function upToProposal({ turns, ...rest }: Conversation): Conversation {
  return { ...rest, turns: turns.at(-1)?.decided === undefined ? turns : turns.slice(0, -1) };
}

/**
 * Keeps in the conversation what became of the changes.
 * @param before what it goes on from
 */
export async function keepReport(
  { status, answer }: Report,
  { decided, waiting }: Changes,
  before: Conversation,
  stored: StoredConversation,
  conversations: ConversationStore,
): Promise<void> {
  const turn = {
    question: 'About the proposed change:',
    answer,
    status,
    citations: citationsOf(stored),
    ...(waiting.length > 0 && { waiting }),
    ...(decided.length > 0 && { decided: decided.map(({ data: _, ...kept }) => kept) }),
  };
  // What was done, was done: whoever went on with the conversation meanwhile does not change that.
  await conversations.save(stored, withTurn(before, turn, [])).catch(() => {});
}

/** The report as the answer of the expert that was asked. */
export function toResult(
  askTool: string,
  { status, answer, follow_up, actions = [], model = composedBy }: Report,
  { waiting }: Changes,
  stored: StoredConversation,
): CallToolResult {
  const { id, conversation } = stored;
  const { domain } = conversation;
  const result = {
    domain,
    status,
    answer,
    citations: citationsOf(stored),
    actions: [...waiting.map(suggested), ...actions.map((description) => ({ description }))],
    ...(follow_up !== undefined && { follow_up }),
    ...(waiting.length > 0 && { continue: goOnWith(domain, id) }),
    conversation_id: id,
    model,
    ...(askTool === doorToolName && { why: 'The conversation is with this expert.' }),
  };
  return success(answer, result, wordsOfModels);
}

function citationsOf({ conversation }: StoredConversation): string[] {
  return [...(conversation.turns.at(-1)?.citations ?? [])];
}
