/** The host's only source of time, so that timers can be tested without waiting. */
export interface Clock {
  now(): Date;
  /** Runs `task` at `time`, never before it. Returns the function that cancels it. */
  runAt(time: Date, task: () => void): () => void;
}

/** The longest delay that setTimeout takes, in milliseconds; a longer one would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  runAt(time, task) {
    let handle: NodeJS.Timeout;
    const arm = () => {
      const left = time.getTime() - Date.now();
      handle = setTimeout(left > 0 ? arm : task, Math.min(Math.max(left, 0), LONGEST_DELAY));
    };
    arm();
    return () => clearTimeout(handle);
  },
};
