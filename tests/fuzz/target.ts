/** Something that takes what others wrote. It takes bytes, and throws when what comes of them is not as it must be. */
export type Target = (data: Buffer) => void | Promise<void>;

/** @throws Error when the condition does not hold */
export function must(condition: boolean, what: string): asserts condition {
  if (!condition) {
    throw new Error(`This must hold: ${what}.`);
  }
}

type Kind = abstract new (...args: never[]) => Error;

/** What `work` returns; undefined when it refuses, which it may do with these errors only. */
export function orRefused<T>(work: () => T, ...kinds: readonly Kind[]): T | undefined {
  try {
    return work();
  } catch (error) {
    return refusal(error, kinds);
  }
}

/** The same for what takes time. */
export async function orRefusedLater<T>(
  work: () => Promise<T>,
  ...kinds: readonly Kind[]
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    return refusal(error, kinds);
  }
}

function refusal(error: unknown, kinds: readonly Kind[]): undefined {
  if (!kinds.some((kind) => error instanceof kind)) {
    throw error;
  }
  must(/^[^\n]+$/.test((error as Error).message), 'a refusal is one sentence');
  return undefined;
}

/** An object that the bytes are JSON of; undefined when they are not. */
export function objectIn(data: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
