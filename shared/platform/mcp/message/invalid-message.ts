import { rpcCodes, rpcError } from '../http/rpc-error.ts';
import { idOf } from './exact-id.ts';
import type { JsonObject } from './json-object.ts';

/** The id of a message, as far as it may be repeated in an answer. */
export type EchoedId = string | number | null;

/** A message is refused before the protocol layer sees it. The sentence is for the client that sent it. */
export class InvalidMessage extends Error {
  readonly status: number;
  readonly code: number;
  /** What was sent, if it could be parsed at all: for whoever keeps a record of it. */
  readonly sent: unknown;

  constructor(status: number, code: number, sentence: string, sent?: unknown) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.sent = sent;
  }

  override get name(): string {
    return 'InvalidMessage';
  }

  toResponse(): Response {
    return rpcError(this.status, this.code, this.message, undefined, echoableId(this.sent));
  }
}

/** It is not a JSON-RPC message, or not one that is taken here: JSON-RPC -32600, HTTP status 400. */
export function invalidRequest(sentence: string, sent?: unknown): InvalidMessage {
  return new InvalidMessage(400, rpcCodes.invalidRequest, `Invalid request: ${sentence}`, sent);
}

/**
 * Its parameters are wrong: JSON-RPC -32602. In the answer to a request, which clients match with it by its id; a
 * notification has no answer, and is refused by HTTP status 400 (MCP, transports, sending messages to the server).
 */
export function invalidParams(sentence: string, sent: JsonObject): InvalidMessage {
  return new InvalidMessage(sent.id === undefined ? 400 : 200, rpcCodes.invalidParams, sentence, sent);
}

/** The id of something that may be a message, if it has one that an answer can repeat. */
export function echoableId(message: unknown): EchoedId {
  const id = typeof message === 'object' && message !== null ? idOf(message as JsonObject) : undefined;
  return typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id)) ? id : null;
}
