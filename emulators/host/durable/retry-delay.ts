import type { Retry } from './record.ts';

/**
 * What follows a failed attempt: the delay before the next one in milliseconds, or `last` when there is none.
 * `late` means that retryTimeoutInMilliseconds has passed: the extension then sets no timer at all, and the library waits for ever.
 * Source: DTFx RetryInterceptor.
 */
export function afterFailure(
  { attempt, options, since }: Retry,
  now: Date,
): { readonly delay: number } | 'last' | 'late' {
  const timeout = options.retryTimeoutInMilliseconds;
  if (timeout !== undefined && now.getTime() >= Date.parse(since) + timeout) {
    return 'late';
  }
  if (attempt >= options.maxNumberOfAttempts) {
    return 'last';
  }
  const delay = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (attempt - 1);
  return { delay: Math.min(delay, options.maxRetryIntervalInMilliseconds ?? Number.POSITIVE_INFINITY) };
}
