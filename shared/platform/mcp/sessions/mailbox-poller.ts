import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery, Inbox, SessionMailbox } from '../../storage/session-mailbox.ts';

/**
 * Milliseconds from the start of a request to the first look, and between two looks. Most requests end before the
 * first.
 */
const pace = { first: 200, longest: 1_000, growth: 1.5 } as const;

export interface MailboxPollerOptions {
  readonly mailbox: SessionMailbox;
  readonly inbox: Inbox;
  readonly now: () => Date;
  readonly deliver: (delivery: Delivery) => void;
}

/**
 * Looks for messages that other instances left for a request of this one, until it is told to stop. Requests that end
 * before the first look cost nothing, and nothing can be left for them; one that waits for its user costs one small
 * query a second.
 */
export class MailboxPoller {
  readonly #options: MailboxPollerOptions;
  readonly #stopped = new AbortController();
  #opened: Promise<void> | undefined;

  constructor(options: MailboxPollerOptions) {
    this.#options = options;
    void this.#look();
  }

  /**
   * From now on messages can be left.
   * @throws Unavailable when storage does not answer
   */
  open(): Promise<void> {
    const { mailbox, inbox, now } = this.#options;
    this.#opened ??= mailbox.open(inbox, now()).catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  stop(): void {
    this.#stopped.abort();
    // what cannot be removed now is removed by the clean-up
    void this.#opened?.then(() => this.#options.mailbox.close(this.#options.inbox)).catch(() => {});
  }

  async #look(): Promise<void> {
    const { mailbox, inbox, deliver } = this.#options;
    const { signal } = this.#stopped;
    for (let pause: number = pace.first; await paused(pause, signal); pause = longer(pause)) {
      const delivery = await this.open()
        .then(() => mailbox.take(inbox))
        .catch(() => undefined); // the next look is soon
      if (delivery !== undefined && !signal.aborted) {
        deliver(delivery);
      }
    }
  }
}

function longer(pause: number): number {
  return Math.min(pace.longest, pause * pace.growth);
}

/** False when it was stopped meanwhile. */
async function paused(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return wait(milliseconds, true, { signal, ref: false }).catch(() => false);
}
