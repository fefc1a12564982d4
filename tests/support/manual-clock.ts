import type { Clock } from '#emulators/host/clock';

/** A clock that stands still until the test moves it. */
export function manualClock(start: string) {
  let now = new Date(start);
  const tasks = new Set<{ time: Date; task: () => void }>();
  let onScheduled = () => {};
  const clock: Clock = {
    now: () => now,
    runAt(time, task) {
      const entry = { time, task };
      tasks.add(entry);
      onScheduled();
      return () => tasks.delete(entry);
    },
  };
  return {
    ...clock,
    due: () => [...tasks].map(({ time }) => time.toISOString()),
    /** Resolves when something is due. */
    scheduled: () =>
      new Promise<void>((resolve) => {
        if (tasks.size > 0) {
          resolve();
        } else {
          onScheduled = resolve;
        }
      }),
    advanceTo(time: string) {
      now = new Date(time);
      for (const entry of [...tasks]) {
        if (entry.time > now) {
          continue;
        }
        tasks.delete(entry);
        entry.task();
      }
    },
  };
}
