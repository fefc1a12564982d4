/** How long this service keeps a stream open by itself, and how often it shows that the stream is alive. */
export interface StreamClock {
  /** Milliseconds after which a stream is ended, whatever is still running. */
  readonly longestMs: number;
  /** Milliseconds between two comments that keep a stream alive. */
  readonly heartbeatMs: number;
}

/**
 * Below what would cut a stream: five minutes of a function (`functionTimeout`), and the load balancer in front of
 * Azure Functions, which gives up after 230 s (Functions documentation, "HTTP trigger limits").
 */
export const defaultStreamClock: StreamClock = { longestMs: 200_000, heartbeatMs: 15_000 };

/**
 * Works under a signal that aborts with `signal`, or when the longest time is over. `AbortSignal.timeout` is no help
 * here: behind `AbortSignal.any`, Node 20 may collect it before it fires.
 */
export async function withinClock<Result>(
  { longestMs }: StreamClock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), longestMs);
  try {
    return await work(AbortSignal.any([signal, over.signal]));
  } finally {
    clearTimeout(timer);
  }
}
