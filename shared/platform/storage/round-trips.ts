import { AsyncLocalStorage } from 'node:async_hooks';
import { outsideTrace } from '../telemetry/spans.ts';

interface Tally {
  count: number;
  /** The measurement around this one, which sees these round trips too. */
  readonly outer: Tally | undefined;
}

const tallies = new AsyncLocalStorage<Tally | undefined>();

/**
 * Runs `work` and counts the requests that it sends to storage, retries included.
 * Measurements nest: an outer one includes what an inner one counts.
 */
export async function countRoundTrips<T>(work: () => Promise<T>): Promise<{ result: T; count: number }> {
  const tally: Tally = { count: 0, outer: tallies.getStore() };
  const result = await tallies.run(tally, work);
  return { result, count: tally.count };
}

/** Notes one request for every measurement that is under way around the caller. */
export function noteRoundTrip(): void {
  for (let tally = tallies.getStore(); tally !== undefined; tally = tally.outer) {
    tally.count += 1;
  }
}

/** Starts work that no caller waits for, so that no caller is charged for it and no trace of a caller's holds it. */
export function uncounted<T>(work: () => T): T {
  return tallies.run(undefined, () => outsideTrace(work));
}
