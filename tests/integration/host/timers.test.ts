import { expect, test } from 'vitest';
import type { Invocations } from '#emulators/host/invocations';
import { parseSchedule } from '#emulators/host/timers/schedule';
import { startTimers, type TimerFunction } from '#emulators/host/timers/timers';
import { manualClock } from '../../support/manual-clock.ts';

test('a timer fires on its schedule, and looks the next time up when the run has ended', async () => {
  const { clock, calls, timers } = start({ schedule: parseSchedule('0 */5 * * * *') });

  expect(clock.due()).toEqual(['2026-01-01T00:05:00.000Z']);
  clock.advanceTo('2026-01-01T00:05:00Z');
  expect(calls).toHaveLength(1);
  // While the function runs nothing is due: the timer does not overlap itself.
  expect(clock.due()).toEqual([]);

  clock.advanceTo('2026-01-01T00:17:00Z');
  calls[0]?.end();
  await clock.scheduled();
  expect(clock.due()).toEqual(['2026-01-01T00:20:00.000Z']);
  timers.stop();
  expect(clock.due()).toEqual([]);
});

test('a failed run does not end the schedule', async () => {
  const { clock, calls } = start({ schedule: parseSchedule('00:10:00') });
  clock.advanceTo('2026-01-01T00:10:00Z');
  calls[0]?.fail();
  await clock.scheduled();
  expect(clock.due()).toEqual(['2026-01-01T00:20:00.000Z']);
});

test('the function gets what the library expects of the host', async () => {
  const { clock, calls } = start({ schedule: parseSchedule('0 */5 * * * *') });
  clock.advanceTo('2026-01-01T00:05:00Z');
  calls[0]?.end();
  await clock.scheduled();
  clock.advanceTo('2026-01-01T00:10:00Z');

  expect(calls[0]?.reason).toBe('Timer fired at 2026-01-01T00:05:00.000Z');
  expect(calls.map(({ timer }) => timer)).toEqual([
    {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: {
        Last: '0001-01-01T00:00:00+00:00',
        Next: '2026-01-01T00:05:00.000Z',
        LastUpdated: '0001-01-01T00:00:00+00:00',
      },
      IsPastDue: false,
    },
    {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: {
        Last: '2026-01-01T00:05:00.000Z',
        Next: '2026-01-01T00:10:00.000Z',
        LastUpdated: '2026-01-01T00:05:00.000Z',
      },
      IsPastDue: false,
    },
  ]);
});

test.each([
  ['useMonitor is false', { useMonitor: false }],
  ['it fires oftener than every minute', { schedule: parseSchedule('*/10 * * * * *') }],
])('there is no schedule status when %s', (_when, timer) => {
  const { clock, calls } = start(timer);
  clock.advanceTo('2026-01-01T01:00:00Z');
  expect(calls[0]?.timer).toMatchObject({ ScheduleStatus: null });
});

test('runOnStartup fires at once, then on the schedule', async () => {
  const { clock, calls } = start({ runOnStartup: true });
  expect(calls).toHaveLength(1);
  calls[0]?.end();
  await clock.scheduled();
  expect(clock.due()).toEqual(['2026-01-01T01:00:00.000Z']);
});

function start(options: Partial<TimerFunction>) {
  const clock = manualClock('2026-01-01T00:00:00Z');
  const calls: Call[] = [];
  const invocations: Invocations = {
    run: (_name, reason, request) =>
      new Promise((resolve, reject) => {
        calls.push({
          reason,
          timer: JSON.parse(request.inputData?.[0]?.data.json ?? ''),
          end: () => resolve({ result: undefined, response: { invocationId: '1' } }),
          fail: () => reject(new Error('failed')),
        });
      }),
  };
  const timer: TimerFunction = {
    name: 'timer',
    bindingName: 'timer',
    schedule: parseSchedule('0 0 * * * *'),
    runOnStartup: false,
    useMonitor: true,
    ...options,
  };
  const timers = startTimers([timer], { invocations, clock, log: { write: () => {} } });
  return { clock, calls, timers };
}

interface Call {
  readonly reason: string;
  readonly timer: unknown;
  end(): void;
  fail(): void;
}
