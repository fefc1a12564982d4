import { type EventFields, EventType } from './protocol.ts';
import type { OpenTask } from './record.ts';
import { type Scheduling, scheduleAgain, scheduleTimer } from './scheduling.ts';
import { nextPart, retryDelay } from './timers.ts';

/** The next part of a long timer, or the next attempt of a task that failed. */
export function goOn(scheduling: Scheduling, ended: OpenTask, event: EventFields): void {
  const { now } = scheduling;
  if (ended.kind === 'timer') {
    if (ended.again) {
      scheduleAgain(scheduling, ended.again);
    } else if (ended.until !== undefined && now < new Date(ended.until)) {
      const { path } = ended;
      scheduleTimer(scheduling, { ...nextPart(ended.until, now), ...(path !== undefined && { path }) });
    }
    return;
  }
  const { id, retry } = ended;
  if (event.EventType !== EventType.TaskFailed || !retry) {
    return;
  }
  // Also after the last attempt a timer is set, which fires at once: without it the library does not see the failure.
  const delay = retryDelay(retry);
  scheduleTimer(scheduling, {
    fireAt: new Date(now.getTime() + (delay ?? 0)).toISOString(),
    ...(delay !== undefined && { again: { taskId: id, retry: { ...retry, attempt: retry.attempt + 1 } } }),
  });
}
