import {
  createRemoteJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWKSCacheInput,
  type JWSHeaderParameters,
  jwksCache,
} from 'jose';
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
}

/** Milliseconds after which the keys are read again in the background, so that a withdrawn key stops working. */
const refreshAfter = 3_600_000;
/** Least milliseconds between two readings that are caused by tokens with unknown key ids. */
const cooldown = 5_000;

/**
 * The signing keys of one issuer: read at the first token, kept, read again when a token names a key that is not
 * among them (key rotation) and once an hour. While the issuer cannot be reached, known keys keep working.
 */
export class SigningKeys {
  readonly #keys: RemoteKeys;
  /** Where the library leaves what it reads. */
  readonly #published: JWKSCacheInput = {};
  #written: { readonly jwks?: object; readonly text?: string } = {};
  readonly #now: () => number;
  #refreshedAt: number;

  constructor({ url, now, timeout = 5_000 }: SigningKeysOptions) {
    this.#keys = createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeout,
      cooldownDuration: cooldown,
      cacheMaxAge: Number.POSITIVE_INFINITY,
      [jwksCache]: this.#published,
    });
    this.#now = now;
    this.#refreshedAt = now();
  }

  /** The keys as they were last read, as text; undefined before that. To ask keeps them fresh. */
  current(): string | undefined {
    this.#refreshInBackground();
    const { jwks } = this.#published;
    if (jwks !== undefined && jwks !== this.#written.jwks)
      this.#written = { jwks, text: JSON.stringify(jwks) };
    return this.#written.text;
  }

  /**
   * Reads the keys.
   * @throws Unavailable when the issuer cannot be reached
   */
  async read(): Promise<void> {
    try {
      await this.#keys.reload();
    } catch {
      throw unreachable();
    }
  }

  /**
   * The key that a token's header asks for.
   * @throws JWKSNoMatchingKey when the issuer has no such key
   * @throws Unavailable when the issuer cannot be reached and the key is not known
   */
  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key> => {
    try {
      return await this.#keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      throw unreachable();
    }
  };

  #refreshInBackground(): void {
    const now = this.#now();
    if (now - this.#refreshedAt < refreshAfter) return;
    this.#refreshedAt = now;
    this.#keys.reload().catch(() => {}); // the known keys keep working; the next hour tries again
  }
}

function unreachable(): Unavailable {
  return new Unavailable('The identity provider does not answer; try again in a few seconds.');
}
