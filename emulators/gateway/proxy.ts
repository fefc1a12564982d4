import type { ClientRequest, IncomingMessage } from 'node:http';
import { hopByHop } from '../http/hop-by-hop.ts';
import { keptRequest } from '../http/kept-request.ts';
import { gaveUp } from '../http/unread-body.ts';
import { type EdgeResponse, type Exchange, headersOf } from './exchange.ts';
import { PolicyFailure } from './failure.ts';

/**
 * Sends the request to a backend. Bodies go through as they come, both ways; nothing is held back or looked at.
 * @param base address of the backend, without a slash at its end
 * @param tooSlow aborts when the head of the answer should have been there
 * @throws PolicyFailure when the backend cannot be reached or is too slow
 */
export async function forward(exchange: Exchange, base: string, tooSlow: AbortSignal): Promise<EdgeResponse> {
  const { request, incoming, clientGone } = exchange;
  const target = new URL(`${base}${request.url.path}${request.url.queryString}`);
  const outgoing = keptRequest(target, {
    method: request.method,
    headers: outgoingHeaders(exchange, target),
    signal: clientGone,
  });
  const giveUp = () => outgoing.destroy(new TooSlow());
  tooSlow.addEventListener('abort', giveUp, { once: true });
  try {
    incoming.pipe(outgoing);
    return edgeResponse(incoming, await answerOf(outgoing));
  } catch (error) {
    incoming.unpipe(outgoing);
    throw failureOf(error);
  } finally {
    tooSlow.removeEventListener('abort', giveUp);
  }
}

class TooSlow extends Error {}

function answerOf(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    // Stays: a stream that breaks later reports here too, and its reader has been told already.
    outgoing.on('error', reject);
  });
}

function outgoingHeaders(exchange: Exchange, target: URL): Record<string, string> {
  const headers = new Headers(exchange.request.headers);
  removeHopByHop(headers);
  headers.set('host', target.host);
  headers.append('x-forwarded-for', exchange.request.ipAddress);
  return Object.fromEntries(headers);
}

/** Those that every connection has, and those that `Connection` names. */
function removeHopByHop(headers: Headers): void {
  const named = (headers.get('connection') ?? '').split(',').map((name) => name.trim());
  for (const name of [...hopByHop, ...named]) {
    if (/^[\w-]+$/.test(name)) {
      headers.delete(name);
    }
  }
}

function edgeResponse(incoming: IncomingMessage, answer: IncomingMessage): EdgeResponse {
  const headers = headersOf(answer);
  removeHopByHop(headers);
  if (gaveUp(incoming, answer)) {
    headers.set('connection', 'close');
  }
  return {
    statusCode: answer.statusCode ?? 502,
    statusReason: answer.statusMessage ?? '',
    headers,
    body: answer,
  };
}

function failureOf(error: unknown): PolicyFailure {
  if (error instanceof TooSlow) {
    return new PolicyFailure('forward-request', 'Timeout', 500, 'The backend did not answer in time.');
  }
  const message = error instanceof Error ? error.message : 'unknown';
  return new PolicyFailure(
    'forward-request',
    'BackendConnectionFailure',
    500,
    `The backend cannot be reached: ${message}.`,
  );
}
