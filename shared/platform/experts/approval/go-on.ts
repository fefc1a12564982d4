import { askToolOf } from '../definition.ts';

/** What a caller asks who has made a call that an expert proposed. */
const goOnQuestion = 'I made the call that you proposed. Go on.';

/** A call with which a conversation goes on after a proposed change. */
export interface GoOn {
  readonly tool: string;
  readonly arguments: { readonly question: string; readonly conversation_id: string };
}

export function goOnWith(domain: string, conversation: string): GoOn {
  return {
    tool: askToolOf(domain),
    arguments: { question: goOnQuestion, conversation_id: conversation },
  };
}

/** The conversation that such a call goes on with; undefined for any other call. */
export function conversationToGoOn(args: unknown): string | undefined {
  const { question, conversation_id: id } = (args ?? {}) as Readonly<Record<string, unknown>>;
  return question === goOnQuestion && typeof id === 'string' ? id : undefined;
}
