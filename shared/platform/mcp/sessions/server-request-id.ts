import { randomBytes } from 'node:crypto';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/server';
import type { JsonObject } from '../http/body.ts';

/** Names the stream of one request within its session. */
export type StreamName = string;

const shape = /^([A-Za-z0-9_-]{11}):(\d{1,9})$/;

export function newStreamName(): StreamName {
  return randomBytes(8).toString('base64url');
}

/**
 * Every server object counts its requests to the client from 0, and a client sees the requests of many. With the name
 * of its stream in front an id is unique in the session, and says where the answer has to go.
 */
export function toClient(message: JSONRPCMessage, stream: StreamName): JSONRPCMessage {
  if (!('method' in message)) return message;
  const name = (id: RequestId) => `${stream}:${id}`;
  if ('id' in message) {
    const token = message.params?._meta?.progressToken;
    if (token === undefined) return { ...message, id: name(message.id) };
    const _meta = { ...message.params?._meta, progressToken: name(token) };
    return { ...message, id: name(message.id), params: { ...message.params, _meta } };
  }
  const cancelled = message.method === 'notifications/cancelled' && message.params?.requestId;
  if (typeof cancelled !== 'number' && typeof cancelled !== 'string') return message;
  return { ...message, params: { ...message.params, requestId: name(cancelled) } };
}

/** The stream that waits for this message of a client, and the message as its server object knows it. */
export function toServer(body: JsonObject): { stream: StreamName; message: JsonObject } | undefined {
  if (body.method === undefined) {
    const to = parse(body.id);
    return to && { stream: to.stream, message: { ...body, id: to.id } };
  }
  if (body.method !== 'notifications/progress') return undefined;
  const params = body.params as JsonObject | undefined;
  const to = parse(params?.progressToken);
  return to && { stream: to.stream, message: { ...body, params: { ...params, progressToken: to.id } } };
}

function parse(name: unknown): { stream: StreamName; id: number } | undefined {
  const [, stream, id] = shape.exec(typeof name === 'string' ? name : '') ?? [];
  return stream === undefined ? undefined : { stream, id: Number(id) };
}
