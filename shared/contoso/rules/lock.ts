import { newestFirst } from '#platform/dates';
import type { SecurityEvent } from './model.ts';

/** Security events with the newest first. */
export function newestEvents(events: readonly SecurityEvent[]): SecurityEvent[] {
  return newestFirst(
    events,
    (event) => event.event_time,
    (event) => event.event_id,
  );
}

/** The event that keeps the account locked: the latest lock or unlock event, when it is a lock. */
export function currentLock(events: readonly SecurityEvent[]): SecurityEvent | undefined {
  const latest = newestEvents(events).find((event) => event.event_type !== 'login_attempt');
  return latest?.event_type === 'account_locked' ? latest : undefined;
}

/**
 * The time to record for an unlock: now (ISO 8601 UTC), but never before the lock that it ends.
 * Clocks of two instances differ, and an unlock that is dated before its lock would not count.
 */
export function unlockTime(lock: SecurityEvent, now: string): string {
  return Date.parse(now) > Date.parse(lock.event_time) ? now : lock.event_time;
}
