import { createRemoteJWKSet, errors, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';
import { TokenRefused } from './refused.ts';

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;
type Key = Awaited<ReturnType<RemoteKeys>>;

/**
 * The signing keys behind an OpenID configuration document. Both are read at the first token and kept; a token with
 * an unknown key id makes the keys be read again, so a rotated key works without a restart.
 */
export class PublishedKeys {
  readonly #url: string;
  readonly #cooldown: number;
  #keys: Promise<RemoteKeys> | undefined;

  /** @param cooldown least milliseconds between two readings because of unknown key ids */
  constructor(url: string, cooldown: number) {
    this.#url = url;
    this.#cooldown = cooldown;
  }

  /**
   * The key that a token's header asks for; undefined when it is not published here.
   * @throws an error of fetch or jose when the identity provider does not answer
   */
  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key | undefined> => {
    const keys = await this.#load();
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return undefined;
      if (error instanceof errors.JWKSMultipleMatchingKeys) {
        throw new TokenRefused(
          'TokenSignatureKeyNotFound',
          'The token does not say which key it was signed with.',
        );
      }
      throw error;
    }
  };

  /** A document that could not be read is tried again with the next token. */
  async #load(): Promise<RemoteKeys> {
    this.#keys ??= this.#discover();
    try {
      return await this.#keys;
    } catch (error) {
      this.#keys = undefined;
      throw error;
    }
  }

  async #discover(): Promise<RemoteKeys> {
    const response = await fetch(this.#url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`${this.#url} answered ${response.status}`);
    const { jwks_uri: address } = (await response.json()) as { jwks_uri?: unknown };
    if (typeof address !== 'string') throw new Error(`${this.#url} names no jwks_uri`);
    return createRemoteJWKSet(new URL(address), { cooldownDuration: this.#cooldown, timeoutDuration: 5_000 });
  }
}

/** One reader for each address, whatever number of operations validates tokens with its keys. */
export function keysByAddress(cooldown: number): (address: string) => PublishedKeys {
  const opened = new Map<string, PublishedKeys>();
  return (address) => {
    const keys = opened.get(address) ?? new PublishedKeys(address, cooldown);
    opened.set(address, keys);
    return keys;
  };
}
