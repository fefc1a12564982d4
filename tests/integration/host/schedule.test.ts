import { describe, expect, test } from 'vitest';
import { parseSchedule } from '#emulators/host/timers/schedule';

describe('a timer schedule', () => {
  test.each([
    ['0 */5 * * * *', '2026-01-01T00:03:20Z', '2026-01-01T00:05:00Z'],
    ['0 */5 * * * *', '2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z'],
    ['*/5 * * * *', '2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z'],
    ['* * * * * *', '2026-01-01T00:00:00.900Z', '2026-01-01T00:00:01Z'],
    ['30 59 23 31 12 *', '2026-01-01T00:00:00Z', '2026-12-31T23:59:30Z'],
    ['0 0 9-17/4 * * *', '2026-01-01T09:30:00Z', '2026-01-01T13:00:00Z'],
    ['5/20 * * * * *', '2026-01-01T00:00:26Z', '2026-01-01T00:00:45Z'],
    ['0 0,30 8 * * *', '2026-01-01T08:00:00Z', '2026-01-01T08:30:00Z'],
    ['0 30 9 * * Mon-Fri', '2026-01-02T10:00:00Z', '2026-01-05T09:30:00Z'],
    ['0 0 0 * jan,july 0', '2026-02-01T00:00:00Z', '2026-07-05T00:00:00Z'],
    ['0 0 22-20 * * *', '2026-01-01T22:30:00Z', '2026-01-02T20:00:00Z'],
    ['0 0 0 29 2 *', '2096-03-01T00:00:00Z', '2104-02-29T00:00:00Z'],
  ])('%s after %s is %s', (text, after, expected) => {
    expect(parseSchedule(text).next(new Date(after))).toEqual(new Date(expected));
  });

  test('day and day of week must both match', () => {
    // The next Friday 13th after January 2026.
    expect(parseSchedule('0 0 0 13 * Fri').next(new Date('2026-01-01T00:00:00Z'))).toEqual(
      new Date('2026-02-13T00:00:00Z'),
    );
  });

  test('there is none for a day that does not exist', () => {
    expect(parseSchedule('0 0 0 31 2 *').next(new Date('2026-01-01T00:00:00Z'))).toBeUndefined();
  });

  test('a TimeSpan counts from the last run', () => {
    expect(parseSchedule('1.02:00:30').next(new Date('2026-01-01T00:00:00Z'))).toEqual(
      new Date('2026-01-02T02:00:30Z'),
    );
  });

  test.each([
    ['* * * * * *', false],
    ['10,20 * * * * *', false],
    ['0 * * * * *', true],
    ['* */20 * * * *', true],
    ['00:00:59', false],
    ['00:01:00', true],
  ])('%s is monitored: %s', (text, monitored) => {
    expect(parseSchedule(text).canBeMonitored).toBe(monitored);
  });

  test.each([
    '',
    'every day',
    '60 * * * * *',
    '* * * * * 7',
    '* * * 0 * *',
    '* * * * Foo *',
    '1- * * * * *',
    '00:00:00',
  ])('"%s" is refused with an example', (text) => {
    expect(() => parseSchedule(text)).toThrow(/is wrong.*"0 \*\/5 \* \* \* \*"/);
  });
});
