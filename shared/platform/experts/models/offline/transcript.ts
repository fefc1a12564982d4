import { type Message, resumedPrefix } from '../../ports.ts';
import { type ShownOutcome, unwrapToolData } from '../../tool-data.ts';
import type { Ask } from './steps.ts';

/** What a model is given, as playbooks read it. */
export interface Transcript {
  readonly question: string;
  /** Another expert handed it over as a part of a question: it stands for itself. */
  readonly isPart?: boolean;
  /** What the person said before in this conversation, newest first; a summary of older turns comes last. */
  readonly earlier: readonly string[];
  /** What became of the calls made for this question; undefined for a call not made yet. */
  outcomeOf(call: Ask<unknown>): ShownOutcome | undefined;
  /** What became of the work that an earlier answer left running. */
  readonly resumed: readonly ShownOutcome[];
}

export function readTranscript(messages: readonly Message[]): Transcript {
  const asked = messages.findLastIndex(({ role }) => role === 'user' || role === 'handed');
  const question = messages[asked];
  const outcomes = outcomesIn(messages.slice(asked + 1));
  return {
    question: question !== undefined && 'text' in question ? question.text : '',
    isPart: question?.role === 'handed',
    earlier: [...textsOf('user', messages.slice(0, asked)), ...textsOf('earlier', messages.slice(0, asked))],
    resumed: messages
      .slice(asked + 1)
      .flatMap((message) =>
        message.role === 'tool' && message.callId.startsWith(resumedPrefix)
          ? [unwrapToolData(message.text)]
          : [],
      ),
    outcomeOf: ({ name, args }) => outcomes.get(keyOf(name, JSON.stringify(args))),
  };
}

/** Newest first. */
function textsOf(role: 'user' | 'earlier', messages: readonly Message[]): string[] {
  return messages.flatMap((message) => (message.role === role ? [message.text] : [])).reverse();
}

function outcomesIn(messages: readonly Message[]): ReadonlyMap<string, ShownOutcome> {
  const keys = new Map<string, string>();
  const outcomes = new Map<string, ShownOutcome>();
  for (const message of messages) {
    if (message.role === 'assistant') {
      for (const call of message.calls) {
        keys.set(call.id, keyOf(call.name, call.argumentsText));
      }
    } else if (message.role === 'tool') {
      const key = keys.get(message.callId);
      if (key !== undefined) {
        outcomes.set(key, unwrapToolData(message.text));
      }
    }
  }
  return outcomes;
}

function keyOf(name: string, argumentsText: string): string {
  return `${name} ${argumentsText}`;
}
