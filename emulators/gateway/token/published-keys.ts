import { errors, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';
import { cached } from '#platform/caching/cached';
import { SigningKeys } from '#platform/identity/signing-keys';
import { TokenRefused } from './refused.ts';

type Key = Awaited<ReturnType<SigningKeys['find']>>;

/**
 * The signing keys behind an OpenID configuration document. Both are read at the first token and kept; a token with
 * an unknown key id makes the keys be read again, so a rotated key works without a restart. What cannot be read is
 * asked for again after a pause, and not before.
 */
export class PublishedKeys {
  readonly #keys: () => Promise<SigningKeys>;

  /**
   * @param pause least milliseconds between two readings, whether they succeed or not
   * @param now milliseconds since the epoch
   */
  constructor(url: string, pause: number, now: () => number) {
    const open = async () => new SigningKeys({ url: await jwksAddress(url), now, pause });
    this.#keys = cached(open, Number.POSITIVE_INFINITY, () => new Date(now()), pause);
  }

  /**
   * The key that a token's header asks for; undefined when it is not published here.
   * @throws an error of fetch, or Unavailable, when the identity provider does not answer
   */
  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Key | undefined> => {
    const keys = await this.#keys();
    try {
      keys.current();
      return await keys.find(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) {
        return undefined;
      }
      if (error instanceof errors.JWKSMultipleMatchingKeys) {
        throw new TokenRefused(
          'TokenSignatureKeyNotFound',
          'The token does not say which key it was signed with.',
        );
      }
      throw error;
    }
  };
}

async function jwksAddress(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  const { jwks_uri: address } = (await response.json()) as { jwks_uri?: unknown };
  if (typeof address !== 'string') {
    throw new Error(`${url} names no jwks_uri`);
  }
  return address;
}

/** One reader for each address, whatever number of operations validates tokens with its keys. */
export function keysByAddress(pause: number, now: () => number): (address: string) => PublishedKeys {
  const opened = new Map<string, PublishedKeys>();
  return (address) => {
    const keys = opened.get(address) ?? new PublishedKeys(address, pause, now);
    opened.set(address, keys);
    return keys;
  };
}
