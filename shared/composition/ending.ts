import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lifetime } from '#platform/mcp/calling-off';
import { OpenRequests } from '#platform/mcp/open-requests';

/** How long open calls may still take to end by themselves when the process is about to end; then they are answered. */
const lastWordMilliseconds = 400;

/** How long those answers may take to be read. */
const lastReadMilliseconds = 500;

/**
 * How long to wait after the end of a stream before its client counts as having closed it: a host may cut streams
 * before it says that it stops.
 */
const graceMs = 3_000;

/** How the open calls of a process end before it does. */
export interface Ending {
  readonly lifetime: Lifetime;
  readonly open: OpenRequests;
  /** Aborts when calls that are still open must be answered. */
  readonly unfinished: AbortSignal;
  /** Lets calls that follow work elsewhere say how to go on, and answers the rest. */
  endCalls(): Promise<void>;
}

export function openEnding(): Ending {
  const stop = new AbortController();
  const unfinished = new AbortController();
  setMaxListeners(0, stop.signal, unfinished.signal); // every open call listens
  const open = new OpenRequests();
  return {
    lifetime: { stopping: stop.signal, graceMs },
    open,
    unfinished: unfinished.signal,
    async endCalls() {
      stop.abort();
      await Promise.race([open.none(), wait(lastWordMilliseconds, undefined, { ref: false })]);
      unfinished.abort();
      await Promise.race([open.none(), wait(lastReadMilliseconds, undefined, { ref: false })]);
    },
  };
}
