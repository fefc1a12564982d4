import { setTimeout as wait } from 'node:timers/promises';
import type { RelayStore } from '../../storage/relay-store.ts';

/** Milliseconds from the begin of a request to the first look, and between two looks. Most requests never look. */
const pace = { first: 200, longest: 1_000, growth: 1.5 } as const;

export interface MailboxOptions {
  readonly relay: RelayStore;
  readonly session: string;
  readonly topics: readonly string[];
  readonly deliver: (message: unknown) => void;
}

/**
 * Looks for messages that other instances left for a request of this one, until it is told to stop. Requests that end
 * before the first look cost nothing; one that waits for its user costs one small query a second.
 * @returns what stops it
 */
export function watchMailbox({ relay, session, topics, deliver }: MailboxOptions): () => void {
  const stop = new AbortController();
  void look();
  return () => stop.abort();

  async function look(): Promise<void> {
    for (let pause: number = pace.first; await paused(pause, stop.signal); pause = longer(pause)) {
      for (const message of await relay.take(session, topics).catch(() => [])) {
        if (!stop.signal.aborted) deliver(message);
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
