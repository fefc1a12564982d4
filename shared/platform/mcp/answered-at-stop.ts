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
  const end = whenAborted(unfinished);
  let response: Response | undefined;
  try {
    response = await Promise.race([answer(), end.reached]);
  } finally {
    end.forget();
  }
  if (response === undefined) {
    return rpcError(503, rpcCodes.transport, sentence, { 'Retry-After': '1' }, id);
  }
  const stream = streamOf(response);
  return stream === undefined ? response : withLastEvent(stream, unfinished, id);
}

interface End {
  /** Resolves when it has come. */
  readonly reached: Promise<undefined>;
  forget(): void;
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

/** The signal lives as long as the process, so whoever has an answer waits no longer. */
function whenAborted(signal: AbortSignal): End {
  let tell = () => {};
  const reached = new Promise<undefined>((resolve) => {
    tell = () => resolve(undefined);
  });
  const all = waitingFor(signal);
  all.add(tell);
  return { reached, forget: () => all.delete(tell) };
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
