import { AsyncResource } from 'node:async_hooks';
import { monotonicNow } from '../clock.ts';

/** Does something once. @returns milliseconds until it is to be done again; undefined when it is over. Never rejects */
export type Turn = () => Promise<number | undefined>;

interface Entry {
  readonly turn: Turn;
  /** By the monotonic clock. */
  due: number;
  isOut: boolean;
}

/**
 * What is done again and again for many: one timer for all of them, and only some at a time. However many jobs are followed, their
 * looks do not reach the engine at once, which would have to answer all of them, and this process to hold all of the answers.
 */
export class Rounds {
  readonly #atATime: number;
  /** Those that are not under way, whether they are due or not. */
  readonly #resting = new Set<Entry>();
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  /** A turn belongs to no call, whoever was the first to ask for it. */
  readonly #outside = new AsyncResource('Rounds');

  constructor(atATime = 16) {
    this.#atATime = atATime;
  }

  /** The first turn is now, if there are not too many already. @returns what ends it */
  add(turn: Turn): () => void {
    const entry: Entry = { turn, due: monotonicNow(), isOut: false };
    this.#resting.add(entry);
    this.#outside.runInAsyncScope(() => this.#go());
    return () => {
      entry.isOut = true;
      this.#resting.delete(entry);
      if (this.#resting.size === 0) {
        clearTimeout(this.#timer);
      }
    };
  }

  /** Begins what is due, whoever waits for longest first, and comes back for the next one. */
  #go(): void {
    clearTimeout(this.#timer);
    const now = monotonicNow();
    const next = [...this.#resting].sort((one, other) => one.due - other.due);
    for (const entry of next) {
      if (this.#underWay >= this.#atATime) {
        return; // whichever ends comes back
      }
      if (entry.due > now) {
        this.#timer = setTimeout(() => this.#go(), entry.due - now);
        return;
      }
      void this.#take(entry);
    }
  }

  async #take(entry: Entry): Promise<void> {
    this.#resting.delete(entry);
    this.#underWay += 1;
    const wait = await entry.turn();
    this.#underWay -= 1;
    if (wait !== undefined && !entry.isOut) {
      entry.due = monotonicNow() + wait;
      this.#resting.add(entry);
    }
    this.#go();
  }
}
