import { callerKey } from '../access/exposure.ts';
import { LeastRecentlyUsed } from '../caching/lru.ts';
import { WholeResponse } from '../http/whole-response.ts';
import type { Principal } from '../identity/principal.ts';
import type { JsonObject } from './http/body.ts';
import { isUsualMeta } from './message/usual-meta.ts';

/** Methods whose answer depends on the message and on what the caller is shown, and on nothing else. */
const constant: ReadonlySet<unknown> = new Set([
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/templates/list',
]);
/** Headers that the protocol layer compares with the message, or chooses the form of the answer by. */
const lookedAt = ['mcp-protocol-version', 'mcp-method', 'mcp-name', 'accept', 'content-type'];

/** Answers that are kept: as many as there are kinds of clients, times their users' combinations of roles. */
const mostAnswers = 64;
/** Characters of the longest message that is remembered. */
const longestKey = 4_096;

/** A message, and everything else that its answer depends on. */
export interface Question {
  readonly request: Request;
  readonly body: JsonObject;
  readonly principal: Principal;
  /** What the client of a 2025 revision said of itself before. */
  readonly profile?: object | undefined;
}

/** An answer without its id. */
interface CachedResponse {
  readonly headers: Headers;
  readonly before: string;
  readonly after: { readonly text: string; readonly bytes: Uint8Array };
}

/**
 * Answers to messages that were sent before, byte for byte, by a caller who is shown the same. The protocol layer
 * has checked and answered such a message already; only the id of the request differs.
 */
export class ResponseCache {
  readonly #responses = new LeastRecentlyUsed<string, CachedResponse>(mostAnswers);

  /** @param ask gets the answer from the protocol layer */
  async answer(question: Question, ask: () => Promise<Response>): Promise<Response> {
    const { id } = question.body;
    const key = keyOf(question);
    if (key === undefined || !(typeof id === 'string' || Number.isSafeInteger(id))) {
      return ask();
    }
    const cached = this.#responses.get(key);
    if (cached !== undefined) {
      return toResponse(cached, id);
    }
    const response = await ask();
    if (response.status !== 200) {
      return response;
    }
    const text = await response.text();
    const fresh = split(text, response.headers);
    if (fresh !== undefined) {
      this.#responses.set(key, fresh);
    }
    return new WholeResponse(text, response.headers);
  }
}

/** Undefined for a message whose answer may be another the next time. */
function keyOf({ request, body, principal, profile }: Question): string | undefined {
  if (!constant.has(body.method) || !isUsualMeta((body.params as JsonObject | undefined)?._meta)) {
    return undefined;
  }
  const headers = lookedAt.map((name) => request.headers.get(name));
  const key = JSON.stringify([callerKey(principal), headers, profile, { ...body, id: 0 }]);
  return key.length > longestKey ? undefined : key;
}

/** One message, as JSON or as the only event of a stream. */
const singleMessage = /^(?<frame>event: message\ndata: )?(?<message>\{.*\})(?<end>\s*)$/s;

/** Undefined for anything but a result. */
function split(text: string, headers: Headers): CachedResponse | undefined {
  const { frame = '', message = '', end = '' } = singleMessage.exec(text)?.groups ?? {};
  const result = resultOf(message);
  if (result === undefined) {
    return undefined;
  }
  const after = `,"result":${JSON.stringify(result)}}${end}`;
  return {
    headers,
    before: `${frame}{"jsonrpc":"2.0","id":`,
    after: { text: after, bytes: Buffer.from(after) },
  };
}

function resultOf(message: string): unknown {
  try {
    return (JSON.parse(message) as JsonObject).result;
  } catch {
    return undefined;
  }
}

function toResponse({ headers, before, after }: CachedResponse, id: unknown): Response {
  return new WholeResponse({ begin: before + JSON.stringify(id), rest: after }, headers);
}
