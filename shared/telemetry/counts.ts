import { instruments } from './instruments.ts';

/**
 * Counts a request that was answered before it reached a tool.
 * @param reason one of the product's own codes; never a text of the caller's
 */
export function countRefusal(reason: string): void {
  instruments().refusals.add(1, { 'contoso.reason': reason });
}

/** Counts a job that is on record as running from now on. */
export function countJobStarted(): void {
  instruments().jobsRunning.add(1);
}

/** Counts the end of a job that {@link countJobStarted} counted, on whichever instance. */
export function countJobEnded(status: string): void {
  instruments().jobsRunning.add(-1);
  instruments().jobsEnded.add(1, { 'contoso.job.status': status });
}
