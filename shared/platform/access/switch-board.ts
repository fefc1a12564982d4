import { setTimeout as wait } from 'node:timers/promises';
import { monotonicNow } from '../clock.ts';
import { type SwitchedOff, type Switches, switchesOf } from './switches.ts';

/** Milliseconds after which what was read counts no longer: a turn of a switch takes effect within this time. */
const goodFor = 5_000;
/** From this age on it is read again in the background, so that in steady use no call waits for it. */
const refreshFrom = 2_500;
/** How long calls wait for what has to be read anew; a storage that hangs must not hold up every call. */
const waitAtMost = 1_000;
/** After a read that failed: how soon the next one is made. */
const againAfter = 1_000;

export interface SwitchBoardOptions {
  /** Reads what is off. */
  readonly read: () => Promise<readonly SwitchedOff[]>;
  /**
   * Makes ready what a read needs, such as a library of a new process. That takes its time once, whatever storage does, so
   * callers wait for it before their wait for storage begins. What it fails with, the read fails with, too.
   */
  readonly prepared?: () => Promise<void>;
  /** Told of every read that failed. */
  readonly failed: (error: unknown) => void;
  /** Milliseconds of a clock that never jumps; that of the process when not said. */
  readonly elapsed?: () => number;
}

interface Reading {
  readonly begun: number;
  /** Resolves when it ended, or nobody waits for it any longer. */
  readonly awaited: Promise<unknown>;
  hasEnded: boolean;
}

/**
 * What is switched off, for all calls of a process. One read serves every call of the seconds that follow. When it cannot
 * be read, changes count as off and everything else as it was; a process that never could read it takes no change.
 */
export class SwitchBoard {
  readonly #read: SwitchBoardOptions['read'];
  readonly #failed: SwitchBoardOptions['failed'];
  #prepared: SwitchBoardOptions['prepared'];
  readonly #elapsed: () => number;
  #off: readonly SwitchedOff[] = [];
  #isRead = false;
  #known: Switches = switchesOf(0, [], false);
  /** When the last read began that succeeded: what was turned after that moment may be missing in it. */
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Reading | undefined;

  constructor({ read, failed, prepared, elapsed = monotonicNow }: SwitchBoardOptions) {
    this.#read = read;
    this.#prepared = prepared;
    this.#failed = failed;
    this.#elapsed = elapsed;
  }

  /** As they are known at this moment, without waiting for anything. */
  latest(): Switches {
    if (this.#isRead && this.#elapsed() - this.#readAt >= goodFor) {
      this.#set(this.#off, false);
    }
    return this.#known;
  }

  /** As they were at most five seconds ago; at once, when that is known. Never rejects. */
  current(): Switches | Promise<Switches> {
    const isFresh = this.#prepared === undefined && this.#elapsed() - this.#readAt < refreshFrom;
    return isFresh ? this.#known : this.#readAnew();
  }

  async #readAnew(): Promise<Switches> {
    if (this.#prepared !== undefined) {
      await this.#prepared().then(
        () => {
          this.#prepared = undefined;
        },
        () => {}, // the read says what is wrong
      );
    }
    const now = this.#elapsed();
    const age = now - this.#readAt;
    if (age < refreshFrom) {
      return this.#known;
    }
    if (this.#reading === undefined || (this.#reading.hasEnded && now - this.#reading.begun >= againAfter)) {
      this.#reading = this.#begin(now);
    }
    if (age >= goodFor) {
      await this.#reading.awaited;
    }
    return this.latest();
  }

  #begin(begun: number): Reading {
    const read = this.#read().then((off) => {
      this.#readAt = begun;
      this.#set(off, true);
    }, this.#failed); // what it means for calls, the age of what is known says
    const enough = new AbortController();
    const late = wait(waitAtMost, undefined, { ref: false, signal: enough.signal }).catch(() => {});
    const reading: Reading = { begun, awaited: Promise.race([read, late]), hasEnded: false };
    void read.then(() => {
      reading.hasEnded = true;
      enough.abort();
    });
    return reading;
  }

  #set(off: readonly SwitchedOff[], isRead: boolean): void {
    if (isRead !== this.#isRead || !same(off, this.#off)) {
      this.#known = switchesOf(this.#known.version + 1, off, isRead);
    }
    this.#off = off;
    this.#isRead = isRead;
  }
}

/** Storage gives them in one order. */
function same(some: readonly SwitchedOff[], others: readonly SwitchedOff[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ tenant, what }, at) => others[at]?.tenant === tenant && others[at]?.what === what)
  );
}
