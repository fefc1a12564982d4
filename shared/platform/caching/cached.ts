/**
 * Keeps what `load` returns for a while. Callers that come while it loads share the one load; a failure is not kept.
 * @param milliseconds how long a value is good
 */
export function cached<T>(load: () => Promise<T>, milliseconds: number, now: () => Date): () => Promise<T> {
  let value: Promise<T> | undefined;
  let goodUntil = 0;
  return () => {
    const time = now().getTime();
    if (value === undefined || time >= goodUntil) {
      const loading = load();
      value = loading;
      goodUntil = time + milliseconds;
      loading.catch(() => {
        if (value === loading) {
          value = undefined;
        }
      });
    }
    return value;
  };
}
