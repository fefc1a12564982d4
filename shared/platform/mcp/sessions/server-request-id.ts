import { createHash, randomBytes } from 'node:crypto';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import type { JsonObject } from '../http/body.ts';

/** Names the stream of one request within its session. */
export type StreamName = string;

const requestIdPattern = /^([A-Za-z0-9_-]{22}):(\d{1,9})$/;

/**
 * A name for the stream of a request, which begins as the names of all streams of requests with this id do.
 * @param requestId undefined for what is no request
 */
export function newStreamName(requestId?: unknown): StreamName {
  return `${beginOfNames(requestId)}${randomBytes(8).toString('base64url')}`;
}

/** How the names of the streams of requests with this id begin. Ids are the client's, of any form and length. */
export function beginOfNames(requestId: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(requestId) ?? '');
  return digest.digest('base64url').slice(0, 11);
}

/**
 * Every server object counts its requests to the client from 0, and a client sees the requests of many. With the name
 * of its stream in front an id is unique in the session, and says where the answer has to go.
 */
export function toClient(message: JSONRPCMessage, stream: StreamName): JSONRPCMessage {
  if (!('method' in message)) {
    return message;
  }
  const name = (id: RequestId) => `${stream}:${id}`;
  if ('id' in message) {
    const token = message.params?._meta?.progressToken;
    if (token === undefined) {
      return { ...message, id: name(message.id) };
    }
    const _meta = { ...message.params?._meta, progressToken: name(token) };
    return { ...message, id: name(message.id), params: { ...message.params, _meta } };
  }
  const cancelled = message.method === 'notifications/cancelled' && message.params?.requestId;
  if (typeof cancelled !== 'number' && typeof cancelled !== 'string') {
    return message;
  }
  return { ...message, params: { ...message.params, requestId: name(cancelled) } };
}

/** A message of a client for the stream that waits for it. */
export interface Addressed {
  readonly stream: StreamName;
  /** As its server object knows it. */
  readonly message: JsonObject;
}

/** The stream that waits for this message of a client, and the message as its server object knows it. */
export function toServer(body: JsonObject): Addressed | undefined {
  if (body.method === undefined) {
    const to = parse(body.id);
    return to && { stream: to.stream, message: { ...body, id: to.id } };
  }
  if (body.method !== 'notifications/progress') {
    return undefined;
  }
  const params = body.params as JsonObject | undefined;
  const to = parse(params?.progressToken);
  return to && { stream: to.stream, message: { ...body, params: { ...params, progressToken: to.id } } };
}

/** The slot in which a message waits for its stream; answers and progress never share one. */
export function slotOf({ message }: Addressed): number {
  const { progressToken } = (message.params ?? {}) as JsonObject;
  return 2 * Number(message.id ?? progressToken) + (message.method === undefined ? 0 : 1);
}

function parse(name: unknown): { stream: StreamName; id: number } | undefined {
  const [, stream, id] = requestIdPattern.exec(typeof name === 'string' ? name : '') ?? [];
  return stream === undefined ? undefined : { stream, id: Number(id) };
}
