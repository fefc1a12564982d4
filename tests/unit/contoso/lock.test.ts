import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentLock, newestEvents, unlockTime } from '#contoso/rules/lock';
import { anEvent } from '../../support/small-records.ts';

const locked = anEvent({ event_id: 5, event_type: 'account_locked', event_time: '2026-03-15T11:48:00.000Z' });
const unlocked = anEvent({
  event_id: 6,
  event_type: 'account_unlocked',
  event_time: '2026-03-15T11:50:00.000Z',
});

test('an account is locked when its latest lock or unlock is a lock', () => {
  expect(currentLock([locked])).toBe(locked);
  expect(currentLock([locked, unlocked])).toBeUndefined();
  const again = { ...locked, event_id: 7, event_time: '2026-03-15T11:55:00.000Z' };
  expect(currentLock([locked, unlocked, again])).toBe(again);
});

test('login attempts neither lock nor unlock', () => {
  const later = anEvent({ event_id: 9, event_time: '2026-03-15T11:59:00.000Z' });
  expect(currentLock([later])).toBeUndefined();
  expect(currentLock([locked, later])).toBe(locked);
});

test('the order in which events are stored does not matter', () => {
  const events = [locked, unlocked, anEvent()];
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: 3 }), (shuffled) => {
      expect(newestEvents(shuffled)).toEqual([unlocked, locked, anEvent()]);
    }),
  );
});

test('an unlock ends its lock even when the clock is behind', () => {
  const behind = '2026-03-15T08:00:00.000Z';
  const event = { ...unlocked, event_time: unlockTime(locked, behind) };
  expect(event.event_time).toBe(locked.event_time);
  expect(currentLock([locked, event])).toBeUndefined();
  expect(unlockTime(locked, '2026-03-15T12:00:00.000Z')).toBe('2026-03-15T12:00:00.000Z');
});
