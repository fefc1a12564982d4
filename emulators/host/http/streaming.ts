import { randomUUID } from 'node:crypto';
import { FunctionTimeoutError } from '../../lib/errors.ts';
import { type After, CALLED_BY_HOST, type Invocations } from '../invocations.ts';
import type { HostLog } from '../log.ts';
import { readBody } from './body.ts';
import { contentLengthOf, type HttpCall, traceContextOf } from './call.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { bindingData, triggerMetadata } from './trigger-metadata.ts';

export interface StreamingHost {
  readonly invocations: Invocations;
  readonly log: HostLog;
  /** Where the app's library listens for the forwarded requests. */
  readonly target: string;
  /** Bytes. */
  readonly bodyLimit: number;
  /** Milliseconds; the cloud's is 240 s. */
  readonly inactivityLimit: number;
  /** Behaves as the cloud: a call that the app never answers hangs, and `request.params` holds more than the route's values. */
  readonly strict: boolean;
}

/**
 * Serves one call of an app with HTTP streams: the invocation carries no body, the request itself is forwarded to the app's own
 * server, and the library pairs the two by the invocation id.
 */
export async function serveStreaming(call: HttpCall, host: StreamingHost): Promise<void> {
  const { route } = call.match;
  const invocationId = randomUUID();
  const body =
    host.strict && contentLengthOf(call.request) ? await readBody(call.request, host.bodyLimit) : undefined;
  const warn = (problem: string) => host.log.write('warning', `Function.${route.functionName}`, problem);
  const exchange = openExchange(call, { ...host, invocationId, body, onProblem: warn });
  const request = {
    ...traceContextOf(call.request),
    invocationId,
    inputData: [{ name: route.bindingName, data: { http: {} } }],
    triggerMetadata: triggerMetadata(call, host.strict ? bindingData(call, body) : {}),
  };
  const after = host.strict ? untilAnswered(exchange) : undefined;
  const invocation = host.invocations.run(route.functionName, CALLED_BY_HOST, request, after);
  try {
    const { result } = await invocation;
    if (result === null || result === undefined) {
      unanswered(exchange, host, warn, 'returned nothing');
    }
  } catch (error) {
    if (error instanceof FunctionTimeoutError) {
      exchange.abort(500);
    } else {
      unanswered(exchange, host, warn, 'failed');
    }
  }
  await exchange.finished;
}

/** The real host counts an invocation as failed whose client left before it had the whole answer. */
function untilAnswered(exchange: Exchange): After {
  return async ({ result }) => {
    if (result === null || result === undefined) {
      return; // no answer is on its way
    }
    await exchange.finished;
    if (exchange.left()) {
      throw new Error('The client left before it had the whole answer (ResponseBodyCanceled).');
    }
  };
}

/** The library sends no answer when the handler throws or returns nothing, nor ends one whose body breaks off. */
function unanswered(
  exchange: Exchange,
  host: StreamingHost,
  warn: (problem: string) => void,
  what: string,
): void {
  // Nobody is left to be answered: an upload that broke off, say.
  if (exchange.state() === 'over') {
    return;
  }
  const cloud =
    'In Azure the caller waits until 240 s have passed without a byte (azure-functions-nodejs-library#324)';
  if (host.strict) {
    warn(
      `The handler ${what} and so sent no complete answer. ${cloud}, and because of --strict so it does here.`,
    );
    return;
  }
  const here = exchange.state() === 'answering' ? 'the connection is cut' : 'the answer is 500';
  warn(
    `The handler ${what} and so sent no complete answer: here ${here} at once. ${cloud}: catch every error and return a response.`,
  );
  exchange.abort(500);
}
