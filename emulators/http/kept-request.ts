import http, { type ClientRequest } from 'node:http';
import https from 'node:https';

/** A connection for each request: the next one on it would wait behind what a server leaves unread of a body. */
const agents = { http: new http.Agent({ keepAlive: false }), https: new https.Agent({ keepAlive: false }) };

export interface RequestOptions {
  readonly path?: string;
  readonly method: string | undefined;
  readonly headers: http.OutgoingHttpHeaders;
  readonly signal?: AbortSignal;
}

/**
 * Asks a server on a connection that this side closes, once the answer is here: a server that closes with a part of the
 * body unread may lose its answer. So it is asked to keep the connection.
 */
export function keptRequest(target: string | URL, options: RequestOptions): ClientRequest {
  const secure = new URL(target).protocol === 'https:';
  const request = (secure ? https : http).request(target, {
    ...options,
    headers: { ...options.headers, connection: 'keep-alive' },
    agent: secure ? agents.https : agents.http,
  });
  // When the answer has arrived and sending the rest of the body fails, Node has already removed its own error listener.
  request.once('socket', (socket) => socket.on('error', () => {}));
  return request;
}
