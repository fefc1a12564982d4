/**
 * Keeps what `load` returns for a while. Callers that come while it loads share the one load.
 * @param milliseconds how long a value is good
 * @param now what tells the time
 * @param failureMilliseconds how long a failure is told to further callers without another attempt; none unless given
 */
export function cached<T>(
  load: () => Promise<T>,
  milliseconds: number,
  now: () => Date,
  failureMilliseconds = 0,
): () => Promise<T> {
  let value: Promise<T> | undefined;
  let goodUntil = 0;
  return () => {
    const time = now().getTime();
    if (value === undefined || time >= goodUntil) {
      const loading = load();
      value = loading;
      goodUntil = time + milliseconds;
      loading.catch(() => {
        // Of a load that took long, the time counts from its end: that is when its callers learn of it.
        if (value === loading) {
          goodUntil = now().getTime() + failureMilliseconds;
        }
      });
    }
    return value;
  };
}
