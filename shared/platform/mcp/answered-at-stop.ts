import type { StreamedResponse } from '../http/streamed-response.ts';
import { rpcCodes, rpcError } from './http/rpc-error.ts';
import type { JsonObject } from './message/json-object.ts';
import { streamOf } from './sessions/response-end.ts';

const sentence =
  'The service is stopping, and this call is not finished. Send it again in a moment; where it takes an idempotency_key, with the same one, so that nothing is done twice.';

/**
 * The answer to a message; when the process ends before there is one, an answer that says so. Many clients do not
 * notice that a connection ended and wait as long as for any answer.
 * @param unfinished aborts when what is still open must be answered; what comes later is served as ever
 */
export async function answeredAtStop(
  { id, method }: JsonObject,
  unfinished: AbortSignal,
  answer: () => Promise<Response>,
): Promise<Response> {
  const isAsked = typeof method === 'string' && (typeof id === 'string' || typeof id === 'number');
  if (!isAsked || unfinished.aborted) {
    return answer();
  }
  const response = await beforeEnd(unfinished, answer);
  if (response === undefined) {
    return rpcError(503, rpcCodes.transport, sentence, { 'Retry-After': '1' }, id);
  }
  const stream = streamOf(response);
  return stream === undefined ? response : withLastEvent(stream, unfinished, id);
}

/** What comes of some work; undefined when the end came before it. The signal lives as long as the process, so nobody waits for it longer than needed. */
function beforeEnd<T>(end: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const all = waitingFor(end);
    const tell = () => resolve(undefined);
    all.add(tell);
    work().then(
      (value) => {
        all.delete(tell);
        resolve(value);
      },
      (error: unknown) => {
        all.delete(tell);
        reject(error);
      },
    );
  });
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Who waits for the end that a signal tells of: one listener tells all, because one for each costs more than what it waits for. */
export function waitingFor(signal: AbortSignal): Set<() => void> {
  const known = waiting.get(signal);
  if (known !== undefined) {
    return known;
  }
  const all = new Set<() => void>();
  waiting.set(signal, all);
  const tellAll = () => {
    for (const tell of all) {
      tell();
    }
  };
  signal.addEventListener('abort', tellAll, { once: true });
  return all;
}

/** The protocol layer writes whole events, so that another one may follow whatever was read. */
function withLastEvent(response: StreamedResponse, unfinished: AbortSignal, id: string | number): Response {
  const end = () => {
    const error = { code: rpcCodes.transport, message: sentence };
    response.end(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, error })}\n\n`);
  };
  if (unfinished.aborted) {
    end();
    return response;
  }
  const all = waitingFor(unfinished);
  all.add(end);
  return response.onEnd(() => all.delete(end));
}
