import { setTimeout as wait } from 'node:timers/promises';
import { Conflict } from '../errors.ts';
import { StaleWrite } from './stale-write.ts';

const firstWaitMilliseconds = 10;
const longestWaitMilliseconds = 400;

/**
 * Reads, decides and commits again when somebody else wrote in between.
 * @param attempts how often `work` may run, at least 1
 * @param work everything from the read to the commit, so that a repetition decides on what is stored now
 * @throws Conflict when the record still changed at the last attempt; any other failure of `work` as it is
 */
export async function retryStale<T>(attempts: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StaleWrite)) {
        throw error;
      }
      if (attempt >= attempts) {
        throw new Conflict('Somebody else keeps changing this record; try again in a moment.', {
          cause: error,
        });
      }
      await wait(jitteredWait(attempt));
    }
  }
}

/**
 * Anything up to a limit that doubles with each attempt, so that colliding writers do not collide again.
 * Milliseconds.
 */
function jitteredWait(attempt: number): number {
  return Math.random() * Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** attempt);
}
