/**
 * Does something again when it fails, so that one bad moment of the machine does not cost a whole run.
 * @param attempts how often it may be tried, at least 1
 * @param failed told of each failure after which there is another attempt
 * @throws what the last attempt threw
 */
export async function attempted<T>(
  attempts: number,
  failed: (error: unknown) => void,
  work: () => Promise<T>,
): Promise<T> {
  for (let left = attempts - 1; left > 0; left -= 1) {
    try {
      return await work();
    } catch (error) {
      failed(error);
    }
  }
  return await work();
}
