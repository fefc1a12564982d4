import { setTimeout as wait } from 'node:timers/promises';
import { APIConnectionTimeoutError } from 'openai';
import { systemTime } from '../../clock.ts';
import { faultOf, isPassing, retryAfter, translateModelFault } from './faults.ts';

export interface SendOptions {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** Milliseconds after which one attempt is given up. */
  readonly attemptMilliseconds: number;
  /** Longest wait before another attempt, in milliseconds; a service that asks for more is taken to be busy. */
  readonly longestWait: number;
  /** Wait before the second attempt when the service does not say, in milliseconds; it doubles with each attempt. */
  readonly firstWait: number;
}

/**
 * Sends a request, again when it failed for a reason that may pass, after the wait that the service asks for.
 * @throws Unavailable or Refused as the service says; the signal's reason when it aborts
 */
export async function send<Answer>(
  request: (signal: AbortSignal) => Promise<Answer>,
  { attempts, attemptMilliseconds, longestWait, firstWait }: SendOptions,
  signal: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(request, attemptMilliseconds, signal);
    } catch (error) {
      if (signal.aborted) {
        throw signal.reason;
      }
      const pause = retryAfter(error, systemTime().getTime()) ?? jittered(firstWait * 2 ** (attempt - 1));
      if (attempt >= attempts || pause > longestWait || !isPassing(faultOf(error))) {
        throw translateModelFault(error);
      }
      await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** The library's own time limit ends with the headers; this one covers the body too. */
async function once<Answer>(
  request: (signal: AbortSignal) => Promise<Answer>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(milliseconds);
  try {
    return await request(AbortSignal.any([signal, late]));
  } catch (error) {
    throw late.aborted && !signal.aborted ? new APIConnectionTimeoutError() : error;
  }
}

/** Three quarters to five quarters of a wait, so that many callers do not meet again. */
function jittered(milliseconds: number): number {
  return milliseconds * (0.75 + Math.random() / 2);
}
