import { hash } from 'node:crypto';
import { LeastRecentlyUsed } from '../caching/lru.ts';
import type { Principal } from './principal.ts';

/** Where the keys of an issuer come from. */
export interface KeySource {
  /** The keys as they were last read, as text; undefined before that. */
  current(): string | undefined;
}

/** Most tokens that are kept; who sends another one waits for the signature again. */
const mostTokens = 2_000;

interface Verified {
  readonly principal: Principal;
  readonly source: KeySource;
  /** The keys that the token was verified with. */
  readonly keys: string;
}

/**
 * The callers of tokens that were verified before, so that a signature is checked only once. Of a token only a digest
 * is kept. It counts as long as the token is valid and its issuer's keys are the same, so that a withdrawn key stops
 * working no later than it would if every token were verified.
 */
export class VerifiedTokens {
  readonly #known = new LeastRecentlyUsed<string, Verified>(mostTokens);

  /**
   * @param sent the header that the token came in: what is known need not be taken apart
   * @param now milliseconds since the epoch
   * @returns undefined when the token has to be verified
   */
  find(sent: string, now: number): Principal | undefined {
    const known = this.#known.get(digestOf(sent));
    if (known === undefined || now >= known.principal.expiresAt * 1_000) {
      return undefined;
    }
    return known.source.current() === known.keys ? known.principal : undefined;
  }

  add(sent: string, verified: Verified): void {
    this.#known.set(digestOf(sent), verified);
  }
}

function digestOf(sent: string): string {
  return hash('sha256', sent, 'base64');
}
