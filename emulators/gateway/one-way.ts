import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { keptRequest } from '../http/kept-request.ts';

export interface OneWayRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
  /** Aborts when nobody waits for the request any more. */
  readonly signal: AbortSignal;
}

/**
 * Sends a request whose answer is not read; its status does not matter either.
 * @throws Error when it could not be sent, or not in time
 */
export async function sendOneWay({ url, method, headers, body, signal }: OneWayRequest): Promise<void> {
  const request = keptRequest(url, { method, headers: Object.fromEntries(headers), signal });
  request.on('error', () => {}); // stays: the answer may break off later, when nobody listens
  request.end(body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  answer.on('error', () => {}).resume();
}
