import type { Clock } from '../clock.ts';
import { CALLED_BY_HOST, type Invocations } from '../invocations.ts';
import type { HostLog } from '../log.ts';
import type { TypedData } from '../worker/rpc.ts';
import type { Schedule } from './schedule.ts';

export interface TimerFunction {
  readonly name: string;
  readonly bindingName: string;
  readonly schedule: Schedule;
  readonly runOnStartup: boolean;
  /** The status of a monitored schedule lives as long as this process: runs missed while it was down are not made up for. */
  readonly useMonitor: boolean;
}

export interface Timers {
  /** Fires one timer now, outside its schedule. Resolves when the function has ended, whether it failed or not. */
  runNow(name: string): Promise<void>;
  has(name: string): boolean;
  stop(): void;
}

export interface TimerHost {
  readonly invocations: Invocations;
  readonly clock: Clock;
  readonly log: HostLog;
}

/** What .NET writes for "never". */
const NEVER = '0001-01-01T00:00:00+00:00';
const ANNOUNCED_OCCURRENCES = 5;

/** Starts the schedules. A timer never overlaps itself: the next time is looked up when a run has ended. */
export function startTimers(functions: readonly TimerFunction[], host: TimerHost): Timers {
  const running = new Map(functions.map((timer) => [timer.name, startTimer(timer, host)]));
  return {
    has: (name) => running.has(name),
    runNow: async (name) => running.get(name)?.fire(host.clock.now(), CALLED_BY_HOST),
    stop() {
      for (const timer of running.values()) {
        timer.stop();
      }
    },
  };
}

interface RunningTimer {
  fire(due: Date, reason: string): Promise<void>;
  stop(): void;
}

function startTimer(timer: TimerFunction, host: TimerHost): RunningTimer {
  const { clock, log } = host;
  let cancel = () => {};
  let stopped = false;
  let last: Date | undefined;

  const fire = async (due: Date, reason: string) => {
    const data = timerData(timer, last, due);
    last = clock.now();
    const inputData = [{ name: timer.bindingName, data }];
    // The failure is in the log already, and must not end the schedule.
    await host.invocations.run(timer.name, reason, { inputData }).catch(() => undefined);
  };
  const arm = () => {
    const due = timer.schedule.next(clock.now());
    if (stopped || !due) {
      return;
    }
    cancel = clock.runAt(due, () => void fire(due, firedAt(clock.now())).then(arm));
  };

  log.write('information', 'Host.Triggers.Timer', announcement(timer, clock.now()));
  if (timer.runOnStartup) {
    void fire(clock.now(), firedAt(clock.now())).then(arm);
  } else {
    arm();
  }
  return {
    fire,
    stop() {
      stopped = true;
      cancel();
    },
  };
}

function firedAt(time: Date): string {
  return `Timer fired at ${time.toISOString()}`;
}

/** .NET's TimerInfo; the library turns the names to lower camel case. The status is absent for an unmonitored schedule. */
function timerData(timer: TimerFunction, last: Date | undefined, due: Date): TypedData {
  const status = { Last: iso(last), Next: iso(due), LastUpdated: iso(last) };
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: timer.useMonitor && timer.schedule.canBeMonitored ? status : null,
      IsPastDue: false,
    }),
  };
}

function iso(time: Date | undefined): string {
  return time?.toISOString() ?? NEVER;
}

function announcement(timer: TimerFunction, now: Date): string {
  const lines: string[] = [];
  let time: Date | undefined = now;
  while (lines.length < ANNOUNCED_OCCURRENCES) {
    time = timer.schedule.next(time);
    if (!time) {
      break;
    }
    lines.push(time.toISOString());
  }
  const title = `The next ${lines.length} occurrences of the '${timer.name}' schedule (${timer.schedule.description}) will be:`;
  return [title, ...lines].join('\n');
}
