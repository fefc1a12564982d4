import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { monotonicNow } from '../clock.ts';
import { PerhapsWritten } from './faults.ts';
import { StaleWrite } from './stale-write.ts';

/** Marks the rows of one transaction; 96 random bits, so that no two are the same. */
export function newWriteId(): string {
  return randomBytes(12).toString('base64url');
}

export interface UncertainWrite {
  /** Longest time in milliseconds, everything included. */
  readonly milliseconds: number;
  /**
   * Sends the change; the same one each time, so that of two that arrive only one is made.
   * @throws PerhapsWritten when there is no answer within these milliseconds
   */
  send(milliseconds: number): Promise<unknown>;
  /** Whether the change was made. @throws Unavailable when storage does not say */
  wasMade(): Promise<boolean>;
}

/** How often a change is sent; few, so that a service that is down gets little more load. */
const attempts = 3;
/** Milliseconds before a change is sent once more, for each time that it was sent. */
const pause = 100;

/**
 * Makes a change whose answer may get lost. Without an answer it looks whether the change was made; if not, it sends it
 * again. A change that arrives late meets the one that was sent after it, and fails.
 * @throws PerhapsWritten when it cannot be found out
 * @throws StaleWrite as `send` does, unless it was the change itself that made the record stale
 */
export async function certainWrite({ milliseconds, send, wasMade }: UncertainWrite): Promise<void> {
  const end = monotonicNow() + milliseconds;
  let lost: PerhapsWritten | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send(Math.max(1, Math.min(end - monotonicNow(), milliseconds / attempts)));
      return;
    } catch (error) {
      const uncertain = error instanceof PerhapsWritten;
      if (!uncertain && !(error instanceof StaleWrite && lost !== undefined)) {
        throw error;
      }
      lost = uncertain ? error : lost;
      const made = await wasMade().catch(() => undefined);
      if (made === true) {
        return;
      }
      if (!uncertain) {
        throw error;
      }
      if (made === undefined || attempt === attempts || monotonicNow() >= end) {
        throw error;
      }
      await wait(pause * attempt);
    }
  }
}
