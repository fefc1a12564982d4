import { randomUUID } from 'node:crypto';
import type { JsonObject } from './json-object.ts';

/** An id that the protocol layer does not take, and what it gets instead. */
interface Replaced {
  readonly id: unknown;
  /** The id as the client wrote it: a number may have more digits than JavaScript keeps. */
  readonly text: string;
  /** Random, so that nothing else in an answer looks like it. */
  readonly standIn: string;
}

const replaced = new WeakMap<JsonObject, Replaced>();

/**
 * The same message, with an id that the protocol layer takes: it knows texts and safe integers, while JSON-RPC allows
 * every number (JSON-RPC 2.0, section 4).
 * @param text what the message was parsed from
 */
export function withStandIn(message: JsonObject, text: string): JsonObject {
  const { id } = message;
  if (typeof id !== 'number' || Number.isSafeInteger(id) || !Number.isFinite(id)) {
    return message;
  }
  const standIn = randomUUID();
  const renamed = { ...message, id: standIn };
  replaced.set(renamed, { id, text: numberOfId(text) ?? String(id), standIn });
  return renamed;
}

/** The id as its client knows it. */
export function idOf(message: JsonObject): unknown {
  return replaced.has(message) ? replaced.get(message)?.id : message.id;
}

/** The answer to a message, with the id that its client wrote. */
export function withExactId(message: JsonObject, response: Response): Response {
  const id = replaced.get(message);
  if (id === undefined || response.body === null) {
    return response;
  }
  const { status, headers } = response;
  const exact = response.body.pipeThrough(replacing(JSON.stringify(id.standIn), id.text));
  return new Response(exact, { status, headers });
}

/** Replaces a word that holds no line break, wherever the pieces of the stream begin and end. */
function replacing(word: string, by: string): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let open = '';
  return new TransformStream({
    transform(chunk, controller) {
      const text = open + decoder.decode(chunk, { stream: true });
      const end = text.lastIndexOf('\n') + 1;
      open = text.slice(end);
      if (end > 0) {
        controller.enqueue(encoder.encode(text.slice(0, end).replaceAll(word, by)));
      }
    },
    flush(controller) {
      if (open !== '') {
        controller.enqueue(encoder.encode(open.replaceAll(word, by)));
      }
    },
  });
}

/** The number that stands for the last member `id` of the message itself, which is the one that counts. */
function numberOfId(text: string): string | undefined {
  let depth = 0;
  let found: string | undefined;
  let name = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfText(text, at);
      name = text.slice(at, end);
      at = end - 1;
    } else if (character === ':' && depth === 1 && JSON.parse(name) === 'id') {
      found = /^\s*([-+.\deE]{1,400})/.exec(text.slice(at + 1, at + 500))?.[1];
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return found;
}

/** Where the JSON text that begins at this place ends. */
function endOfText(text: string, begin: number): number {
  let at = begin + 1;
  while (text.charAt(at) !== '"') {
    at += text.charAt(at) === '\\' ? 2 : 1;
  }
  return at + 1;
}
