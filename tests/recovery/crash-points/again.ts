import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds for which something that says so is tried again: the machine may have much else to do. */
const triedForMs = 180_000;
const betweenMs = 1_000;
/** The last one is of the client: a server ends connections that nobody used for some seconds, maybe just when one is used again. */
const passing = /try again|does not answer|cannot be read at the moment|did not start|fetch failed/i;

/** Does it again when what it says will pass, as a caller does. @throws Error what else went wrong */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (const begun = performance.now(); ; ) {
    try {
      return await work();
    } catch (error) {
      const saidSo = error instanceof Error && passing.test(error.message);
      if (!saidSo || performance.now() - begun > triedForMs) {
        throw error;
      }
      await wait(betweenMs);
    }
  }
}
