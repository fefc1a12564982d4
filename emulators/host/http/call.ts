import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InvocationRequest } from '../worker/rpc.ts';
import type { RouteMatch } from './router.ts';

/** One HTTP request on its way to its function. */
export interface HttpCall {
  readonly match: RouteMatch;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/**
 * Request headers with repeated ones joined, as the host hands them to a function: also those of which Node keeps the
 * first alone, such as Content-Type and Authorization.
 */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values !== undefined) {
      headers[name] = values.join(name === 'cookie' ? '; ' : ', ');
    }
  }
  return headers;
}

/** The caller's W3C trace context, as part of an invocation; empty when it sent none. */
export function traceContextOf({ headers }: IncomingMessage): Pick<InvocationRequest, 'traceContext'> {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== 'string') {
    return {};
  }
  return { traceContext: { traceParent: traceparent, traceState: String(tracestate ?? '') } };
}

/** Query parameters with repeated ones joined by a comma, as .NET does. */
export function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}

/** The declared length of the body in bytes; undefined when it is chunked or there is none. */
export function contentLengthOf(request: IncomingMessage): number | undefined {
  const header = request.headers['content-length'];
  return header === undefined ? undefined : Number(header);
}

/** The answer to whoever shows no key for what the host keeps for itself, as the real one gives it (4.1037). */
export function answerUnauthorized(response: ServerResponse): void {
  response.setHeader('www-authenticate', 'Bearer');
  answerEmpty(response, 401);
}

/** Ends an answer that has no body; cuts the connection when the answer has begun already. */
export function answerEmpty(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
  } else {
    const hasNoLength = status === 204 || response.req.method === 'HEAD';
    response.writeHead(status, hasNoLength ? {} : { 'content-length': '0' }).end();
  }
}
