import { LeastRecentlyUsed } from '../../caching/lru.ts';
import type { SessionMailbox } from '../../storage/session-mailbox.ts';

/** Milliseconds that another instance may go on serving a session after its client ended it. */
const believedFor = 5_000;
const mostRemembered = 10_000;

/** Knows which sessions their clients ended. Asks storage at most once in five seconds for each session that is used. */
export class Revocations {
  readonly #now: () => Date;
  /** Until when a session is believed not to be revoked, in milliseconds since the epoch. */
  readonly #known = new LeastRecentlyUsed<string, number>(mostRemembered);

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @throws Unavailable when storage does not answer */
  async has(session: string, mailbox: SessionMailbox): Promise<boolean> {
    const known = this.#known.get(session);
    const time = this.#now().getTime();
    if (known !== undefined && time < known) {
      return false;
    }
    const revoked = await mailbox.isRevoked(session);
    if (!revoked) {
      this.#known.set(session, time + believedFor);
    }
    return revoked;
  }

  /** @throws Unavailable when storage does not answer */
  async add(session: string, expires: Date, mailbox: SessionMailbox): Promise<void> {
    await mailbox.revoke(session, expires);
    this.#known.set(session, 0);
  }
}
