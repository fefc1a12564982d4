import {
  createRemoteJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWKSCacheInput,
  type JWSHeaderParameters,
  jwksCache,
} from 'jose';
import { millisecondsPerHour } from '../dates.ts';
import { Unavailable } from '../errors.ts';

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;
type Key = Awaited<ReturnType<RemoteKeys>>;

export interface SigningKeysOptions {
  /** Address of the issuer's JSON Web Key Set (RFC 7517). */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds after which a request to the issuer is given up. */
  readonly timeout?: number;
  /** Least milliseconds between two readings, whether they succeed or not. */
  readonly pause?: number;
}

/** Milliseconds after which the keys are read again in the background, so that a withdrawn key stops working. */
const refreshAfter = millisecondsPerHour;
const defaultPause = 5_000;

/**
 * The signing keys of one issuer: read at the first token, kept, read again when a token names a key that is not
 * among them (key rotation) and once an hour. While the issuer cannot be reached, known keys keep working, and it is
 * not asked more often than an issuer that answers: the library counts a pause from the last success, this class from
 * the last attempt.
 */
export class SigningKeys {
  readonly #keys: RemoteKeys;
  /** Where the library leaves what it reads. */
  readonly #published: JWKSCacheInput = {};
  #written: { readonly jwks?: object; readonly text?: string } = {};
  readonly #now: () => number;
  readonly #pause: number;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #failed = false;
  #reading: Promise<void> | undefined;

  constructor({ url, now, timeout = 5_000, pause = defaultPause }: SigningKeysOptions) {
    this.#keys = createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeout,
      // The library reads nothing by itself once there are keys.
      cooldownDuration: Number.POSITIVE_INFINITY,
      cacheMaxAge: Number.POSITIVE_INFINITY,
      [jwksCache]: this.#published,
    });
    this.#now = now;
    this.#pause = pause;
  }

  /**
   * The keys as they were last read, as text; undefined before that. Starts a reading in the background when they are
   * old.
   */
  current(): string | undefined {
    this.#refreshInBackground();
    const { jwks } = this.#published;
    if (jwks !== undefined && jwks !== this.#written.jwks) {
      this.#written = { jwks, text: JSON.stringify(jwks) };
    }
    return this.#written.text;
  }

  /**
   * Reads the keys, unless they were read a moment ago. Callers that come meanwhile share the reading.
   * @throws Unavailable when the issuer cannot be reached, or could not be a moment ago
   */
  async read(): Promise<void> {
    if (this.#reading === undefined && this.#now() - this.#attemptedAt < this.#pause) {
      if (this.#failed) {
        throw unreachable();
      }
      return;
    }
    this.#reading ??= this.#attempt().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #attempt(): Promise<void> {
    this.#attemptedAt = this.#now();
    try {
      await this.#keys.reload();
      this.#failed = false;
    } catch {
      this.#failed = true;
      throw unreachable();
    }
  }

  /**
   * The key that a token's header asks for.
   * @throws JWKSNoMatchingKey when the issuer has no such key
   * @throws Unavailable when the issuer cannot be reached and the key is not known
   */
  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key> => {
    if (this.#published.jwks === undefined) {
      await this.read();
    }
    try {
      return await this.#keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) {
        throw error;
      }
    }
    await this.read();
    return await this.#keys(header, token);
  };

  #refreshInBackground(): void {
    if (this.#published.jwks === undefined || this.#now() - this.#attemptedAt < refreshAfter) {
      return;
    }
    this.read().catch(() => {}); // the known keys keep working; the next hour tries again
  }
}

function unreachable(): Unavailable {
  return new Unavailable('The identity provider does not answer; try again in a few seconds.');
}
