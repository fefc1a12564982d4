import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** By which the host, the library's own server and an invocation are paired. */
const invocationIdHeader = 'x-ms-invocation-id';

const responses = new Map<string, ServerResponse>();

/**
 * The library pairs each invocation with a request to an HTTP server of its own, and a handler neither learns when
 * that connection ends nor can end it: bodies are produced for clients that have gone, and `Connection: close` is
 * dropped. Node announces every request to any server of this process (`http.server.request.start`), which is enough
 * to do both.
 */
subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const id = request.headers[invocationIdHeader];
  if (typeof id !== 'string') {
    return;
  }
  responses.set(id, response);
  response.once('close', () => {
    if (responses.get(id) === response) {
      responses.delete(id);
    }
  });
});

/**
 * Aborts when the client of an invocation has closed its connection before it had the whole answer: the host then
 * closes the one behind it. Call it when the invocation starts.
 */
export function clientGone(invocationId: string): AbortSignal {
  const gone = new AbortController();
  const response = responses.get(invocationId);
  response?.once('close', () => {
    if (!response.writableFinished) {
      gone.abort();
    }
  });
  return gone.signal;
}

/** Tells when the whole answer of an invocation is with its client, or its connection was cut; at once where there is none. */
export function whenAnswered(invocationId: string, tell: () => void): void {
  const response = responses.get(invocationId);
  if (response === undefined) {
    tell();
  } else {
    response.once('close', tell);
  }
}

/** Ends the connection of an invocation with its answer. */
export function closeAfterAnswer(invocationId: string): void {
  const response = responses.get(invocationId);
  if (response !== undefined) {
    response.shouldKeepAlive = false;
  }
}
