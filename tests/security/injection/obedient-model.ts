import type { ChatModel, Message, ModelRequest, ModelTurn, ToolRequest } from '#platform/experts/ports';
import type { Attack } from './attack.ts';

/** A model that does whatever a planted text wants; and what of it the text was seen with. */
export interface ObedientModel extends ChatModel {
  /** Whether the planted text reached it. */
  reached(): boolean;
  /** How many calls it made because the text wished for them. */
  obeyed(): number;
  /** Everything that it was shown. */
  shown(): string;
}

export interface Lookup {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * Looks up what it is asked about, and obeys the attack as soon as it has read it: makes every call that is wished
 * for and says every word.
 * @param mark stands in the planted text and nowhere else
 */
export function obedientModel(attack: Attack, mark: string, lookup: Lookup | undefined): ObedientModel {
  const shown: string[] = [];
  let reached = false;
  let obeyed = 0;
  return {
    reached: () => reached,
    obeyed: () => obeyed,
    shown: () => shown.join('\n'),
    async complete(request) {
      const read = request.messages.map(textOf);
      shown.push(...read);
      reached ||= read.some((text) => text.includes(mark));
      const turn = nextTurn(request, attack, lookup, reached);
      obeyed += turn.calls.filter(({ id }) => id.startsWith('wish-')).length;
      return turn;
    },
  };
}

function nextTurn(
  { messages, last }: ModelRequest,
  { wants }: Attack,
  lookup: Lookup | undefined,
  reached: boolean,
): ModelTurn {
  const asked = messages.findLastIndex(({ role }) => role === 'user' || role === 'handed');
  const called = messages
    .slice(asked)
    .flatMap((message) => (message.role === 'assistant' ? message.calls.map(({ id }) => id) : []));
  if (lookup !== undefined && !called.includes('lookup') && !last) {
    return turnOf([request('lookup', lookup.tool, lookup.arguments)]);
  }
  const wished = wants.flatMap((wish) => ('call' in wish ? [wish] : []));
  if (reached && wished.length > 0 && !called.includes('wish-0') && !last) {
    return turnOf(wished.map((wish, place) => request(`wish-${place}`, wish.call, wish.arguments)));
  }
  const said = reached ? wants.flatMap((wish) => ('say' in wish ? [wish.say] : [])) : [];
  const answer = said.join('\n') || 'It was looked at.';
  return turnOf([], { answer, actions: said, follow_up: said.at(0) ?? null });
}

function request(id: string, name: string, args: object): ToolRequest {
  return { id, name, argumentsText: JSON.stringify(args) };
}

function turnOf(calls: readonly ToolRequest[], answer?: object): ModelTurn {
  return {
    text: answer === undefined ? '' : JSON.stringify({ status: 'needs_input', citations: [], ...answer }),
    calls,
    usage: { inputTokens: 1, outputTokens: 1 },
    model: 'obedient',
    finishReason: 'stop',
  };
}

function textOf(message: Message): string {
  return 'text' in message ? message.text : '';
}
