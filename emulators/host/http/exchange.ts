import type { ClientRequest, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { Transform } from 'node:stream';
import { keptRequest } from '#emulators/http/kept-request';
import { gaveUp } from '#emulators/http/unread-body';
import { hopByHop } from '../../http/hop-by-hop.ts';
import { BodyTooLargeError, refuseTooLarge } from './body.ts';
import { answerEmpty, type HttpCall } from './call.ts';

/** A request that is being forwarded to the app's own HTTP server, and its answer on the way back. */
export interface Exchange {
  /** `answering` once the client has the head of the answer; `over` when it has everything, or is gone. */
  state(): 'waiting' | 'answering' | 'over';
  /** Gives up: the client gets `status`, or a cut connection when its answer has begun. */
  abort(status: number): void;
  /** Whether the client went away before it had the whole answer. */
  left(): boolean;
  /** Resolves when the client has its answer, or is gone. */
  readonly finished: Promise<void>;
}

export interface ExchangeOptions {
  /** `HttpUri` of the capabilities: where the app's library listens. */
  readonly target: string;
  readonly invocationId: string;
  /** The body when it was read already; otherwise it is passed on as it comes. */
  readonly body: Buffer | undefined;
  /** Bytes. */
  readonly bodyLimit: number;
  /** How long nothing may move before the exchange is given up, in milliseconds. */
  readonly inactivityLimit: number;
  readonly onProblem: (problem: string) => void;
}

/** What the host does not pass on: what belongs to one connection, and what it answers itself. */
const HOP_BY_HOP = new Set([...hopByHop, 'expect']);

/** The longest chunk that the real host (Kestrel) sends, in bytes of the body: an event that is longer is cut, wherever that is. */
const LONGEST_CHUNK = 4_083;

/** Forwards the call with the headers that the library pairs it by, and passes every byte of the answer on as it comes. */
export function openExchange(call: HttpCall, options: ExchangeOptions): Exchange {
  const { request, response, url } = call;
  const upstream = keptRequest(options.target, {
    path: `${url.pathname}${url.search}`,
    method: request.method,
    headers: forwardedHeaders(call, options),
  });
  let over = false;
  let brokenHere = false;
  const abort = (status: number) => {
    over = true;
    brokenHere = true;
    upstream.destroy();
    answerEmpty(response, status);
  };

  upstream.setTimeout(options.inactivityLimit, () => {
    options.onProblem(`Nothing was sent for ${options.inactivityLimit / 1000} s: the connection is closed.`);
    abort(504);
  });
  upstream.on('response', (answer) => {
    if (gaveUp(request, answer)) {
      response.shouldKeepAlive = false;
    }
    response.writeHead(answer.statusCode ?? 500, withoutHopByHop(answer.headers));
    // Before the first chunk: a client that waits for a stream must see that it has begun.
    response.flushHeaders();
    answer.on('error', () => {
      // of what is over already, the client was first
      brokenHere ||= !over;
      response.destroy();
    });
    answer.pipe(inChunks()).pipe(response);
  });
  upstream.on('error', (error) => {
    if (over) {
      return;
    }
    options.onProblem(`Forwarding to the app failed: ${error.message}`);
    if (!request.complete) {
      response.shouldKeepAlive = false;
    }
    abort(500);
  });
  const finished = new Promise<void>((resolve) => {
    response.once('close', () => {
      over = true;
      upstream.destroy();
      resolve();
    });
  });

  sendBody(call, upstream, options, () => {
    over = true;
    upstream.destroy();
    refuseTooLarge(response);
  });
  const state = () => (over ? 'over' : response.headersSent ? 'answering' : 'waiting');
  const left = () => response.closed && !response.writableFinished && !brokenHere;
  return { state, left, abort, finished };
}

/** Cuts what is longer than a chunk: a client that takes chunks for events must not work here alone. */
function inChunks(): Transform {
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      for (let from = 0; from < bytes.length; from += LONGEST_CHUNK) {
        this.push(bytes.subarray(from, from + LONGEST_CHUNK));
      }
      done();
    },
  });
}

function sendBody(
  { request }: HttpCall,
  upstream: ClientRequest,
  options: ExchangeOptions,
  onTooLarge: (error: BodyTooLargeError) => void,
): void {
  if (options.body) {
    upstream.end(options.body);
    return;
  }
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= options.bodyLimit) {
      return;
    }
    request.unpipe(upstream);
    onTooLarge(new BodyTooLargeError());
  });
  request.pipe(upstream);
}

function forwardedHeaders({ request, url }: HttpCall, options: ExchangeOptions): OutgoingHttpHeaders {
  const headers = withoutHopByHop(request.headers);
  // Node would not frame a body of, say, DELETE by itself.
  if (request.headers['transfer-encoding'] && !options.body) {
    headers['transfer-encoding'] = 'chunked';
  }
  return {
    ...headers,
    'x-ms-invocation-id': options.invocationId,
    'x-forwarded-host': url.host,
    'x-forwarded-proto': 'http',
  };
}

function withoutHopByHop(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
