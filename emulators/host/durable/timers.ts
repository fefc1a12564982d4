import type { Retry } from './record.ts';

/** The longest timer that is set in one piece; a longer one is a chain of parts, as Azure Storage makes the extension do. In days. */
export const LONGEST_TIMER_DAYS = 6;
export const LONG_TIMER_PART_DAYS = 3;

const DAY = 86_400_000;

/**
 * When a timer fires for the first time, or again, on its way to `due`: a moment after `now`, or `due` itself. The library reckons in the
 * same way, and gives every part an id. `until` is there while parts follow. ISO 8601.
 * Source: DurableOrchestrationContext.CreateTimer of the extension, LongTimerTask of the library.
 */
export function nextPart(due: string, now: Date): { readonly fireAt: string; readonly until?: string } {
  if (Date.parse(due) - now.getTime() <= LONGEST_TIMER_DAYS * DAY) {
    return { fireAt: due };
  }
  return { fireAt: new Date(now.getTime() + LONG_TIMER_PART_DAYS * DAY).toISOString(), until: due };
}

/** The delay before the attempt that follows a failed one, in milliseconds; undefined after the last. Source: DTFx RetryInterceptor. */
export function retryDelay({ attempt, options }: Retry): number | undefined {
  if (attempt >= options.maxNumberOfAttempts) {
    return undefined;
  }
  const delay = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (attempt - 1);
  return Math.min(delay, options.maxRetryIntervalInMilliseconds ?? Number.POSITIVE_INFINITY);
}
