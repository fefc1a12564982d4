import { nextPart } from './long-timer.ts';
import { type EventFields, EventType } from './protocol.ts';
import type { OpenTask, Retry } from './record.ts';
import { afterFailure } from './retry-delay.ts';
import { type Scheduling, scheduleAgain, scheduleTimer } from './scheduling.ts';

/** What happens where the cloud would hang: it hangs, or fails with an explanation. */
export interface Strictness {
  readonly strict: boolean;
  warn(message: string): void;
}

/** The next part of a long timer, or the next attempt of a task that failed. */
export function goOn(scheduling: Scheduling, ended: OpenTask, event: EventFields, context: Strictness): void {
  if (ended.kind === 'activity') {
    if (event.EventType === EventType.TaskFailed && ended.retry) {
      retry(scheduling, { id: ended.id, retry: ended.retry }, context);
    }
  } else if (ended.again) {
    scheduleAgain(scheduling, ended.again);
  } else if (ended.until !== undefined && scheduling.now < new Date(ended.until)) {
    scheduleTimer(scheduling, {
      ...nextPart(ended.until, scheduling.now),
      ...(ended.path !== undefined && { path: ended.path }),
    });
  }
}

function retry(
  scheduling: Scheduling,
  ended: { readonly id: number; readonly retry: Retry },
  context: Strictness,
): void {
  const next = afterFailure(ended.retry, scheduling.now);
  if (next === 'late') {
    const message =
      'retryTimeoutInMilliseconds has passed. In Azure the orchestration now waits for ever: use maxNumberOfAttempts alone.';
    if (!context.strict) {
      throw new Error(message);
    }
    context.warn(message);
    return;
  }
  // Also after the last attempt a timer is set, which fires at once: without it the library does not see the failure.
  const delay = next === 'last' ? 0 : next.delay;
  scheduleTimer(scheduling, {
    fireAt: new Date(scheduling.now.getTime() + delay).toISOString(),
    ...(next !== 'last' && {
      again: { taskId: ended.id, retry: { ...ended.retry, attempt: ended.retry.attempt + 1 } },
    }),
  });
}
