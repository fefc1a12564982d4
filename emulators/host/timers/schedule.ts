import { messageOf } from '../../lib/errors.ts';
import { parseTimeSpan } from '../time-span.ts';
import { type Ncrontab, parseNcrontab } from './ncrontab.ts';
import { nextOccurrence } from './next-occurrence.ts';

/** When a timer fires. Times are UTC, as in Azure unless WEBSITE_TIME_ZONE says otherwise. */
export interface Schedule {
  /** As the host's log names it. */
  readonly description: string;
  /** Whether the real host would keep this schedule's status: it does not for those that fire every minute or oftener. */
  readonly canBeMonitored: boolean;
  /** The first time after `after`; undefined when there is none. */
  next(after: Date): Date | undefined;
}

/** Parses an NCRONTAB expression or a .NET TimeSpan. Throws an Error that says what is wrong. */
export function parseSchedule(text: string): Schedule {
  const interval = parseTimeSpan(text);
  if (interval !== undefined && interval > 0) {
    return {
      description: `Constant: ${text}`,
      canBeMonitored: interval >= 60_000,
      next: (after) => new Date(after.getTime() + interval),
    };
  }
  const cron = cronOf(text);
  return {
    description: `Cron: '${text}'`,
    canBeMonitored: !firesEveryMinuteOrOftener(cron),
    next: (after) => nextOccurrence(cron, after),
  };
}

function cronOf(text: string): Ncrontab {
  const allowedForms =
    'use six fields such as "0 */5 * * * *" (second minute hour day month day-of-week), or a time such as "00:05:00"';
  let cron: Ncrontab | undefined;
  try {
    cron = parseNcrontab(text);
  } catch (error) {
    throw new Error(`the schedule "${text}" is wrong: ${messageOf(error)}; ${allowedForms}.`);
  }
  if (!cron) {
    throw new Error(`the schedule "${text}" is wrong; ${allowedForms}.`);
  }
  return cron;
}

/** True when only the seconds are restricted, to more than one value: the rule of the host's timer extension. */
function firesEveryMinuteOrOftener({ seconds, minutes, hours, days, months, daysOfWeek }: Ncrontab): boolean {
  const unrestricted = minutes.length * hours.length * days.length * months.length * daysOfWeek.length;
  return unrestricted === 60 * 24 * 31 * 12 * 7 && seconds.length > 1;
}
