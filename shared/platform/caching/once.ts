/**
 * Keeps what `load` gives for good, and loads it at the first call. Callers that come while it loads share the one load. A
 * failure reaches them, and is forgotten: the next caller tries again.
 */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => {
    value ??= load().catch((error: unknown) => {
      value = undefined;
      throw error;
    });
    return value;
  };
}
