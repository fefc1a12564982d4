const minute = 60_000;

/** Counts from 1, starting again every minute. */
export function perMinute(now: () => Date): () => number {
  let current = 0;
  let count = 0;
  return () => {
    const time = minuteOf(now());
    count = time === current ? count + 1 : 1;
    current = time;
    return count;
  };
}

/** Minutes since the epoch. */
export const minuteOf = (time: Date) => Math.floor(time.getTime() / minute);
