import { visible } from '#platform/format-controls';
import type { Message, ToolRequest } from '../../ports.ts';
import { wrapEarlier, wrapHanded } from '../../tool-data.ts';
import type { Dialect } from '../dialect.ts';

/** A call in the history of a conversation, in a form that servers take. */
export interface SpokenCall {
  readonly id: string;
  readonly name: string;
  /** A JSON object. */
  readonly argumentsText: string;
  /** As the model wrote it. */
  readonly written: ToolRequest;
}

/** A message as every server takes it, in the order in which it was said. */
export type Spoken =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly SpokenCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

/** A conversation in the order that servers accept: they refuse two messages of a user in a row. */
export function spoken(messages: readonly Message[], { userAfterTool }: Pick<Dialect, 'userAfterTool'>) {
  const said: Spoken[] = [];
  for (const message of messages) {
    const next = sayable(message);
    const before = said.at(-1);
    if (before?.role === 'user' && next.role === 'user') {
      said[said.length - 1] = { role: 'user', text: `${before.text}\n\n${next.text}` };
      continue;
    }
    if (!userAfterTool && before?.role === 'tool' && next.role === 'user') {
      said.push({ role: 'assistant', text: 'I have read the results.', calls: [] });
    }
    said.push(next);
  }
  return said;
}

function sayable(message: Message): Spoken {
  switch (message.role) {
    case 'user':
      return { role: 'user', text: visible(message.text) };
    case 'note':
      return { role: 'user', text: `[Note by this service] ${visible(message.text)}` };
    case 'earlier':
      return { role: 'user', text: wrapEarlier(message.text) };
    case 'handed':
      return { role: 'user', text: wrapHanded(message.text) };
    case 'tool':
      return message;
    case 'assistant':
      return { role: 'assistant', text: visible(message.text), calls: message.calls.map(sayableCall) };
  }
}

/** Servers read the history: a call in it must have the form of one, whatever the model wrote. */
function sayableCall(written: ToolRequest): SpokenCall {
  const { id, name, argumentsText } = written;
  return {
    id,
    name: /^[A-Za-z0-9_-]{1,64}$/.test(name) ? name : 'unknown_tool',
    argumentsText: isObject(argumentsText) ? visible(argumentsText) : '{}',
    written,
  };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
