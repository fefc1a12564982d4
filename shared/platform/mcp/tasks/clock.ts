/** How long this service keeps a stream open by itself. */
export interface StreamClock {
  /** Milliseconds after which a stream is ended, whatever is still running. */
  readonly longestMs: number;
}

/**
 * Below what would cut a stream: five minutes of a function (`functionTimeout`), and the load balancer in front of
 * Azure Functions, which gives up after 230 s (Functions documentation, "HTTP trigger limits").
 */
export const defaultStreamClock: StreamClock = { longestMs: 200_000 };

/**
 * Works under a signal that aborts with one of `signals`, or when the longest time is over. Nothing is left at the signals,
 * some of which live as long as the process: `AbortSignal.any` leaves a reference there for each stream.
 */
export async function withinClock<Result>(
  { longestMs }: StreamClock,
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, longestMs);
  for (const signal of signals) {
    signal.addEventListener('abort', end);
  }
  if (signals.some(({ aborted }) => aborted)) {
    end();
  }
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) {
      signal.removeEventListener('abort', end);
    }
  }
}
