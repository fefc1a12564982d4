import { hkdfSync } from 'node:crypto';

/** Secrets that all keys come from: the first one makes, every one is accepted, so that one can be replaced without a cut. */
export type Secrets = readonly [string, ...string[]];

/** A key for one purpose. */
export interface DerivedKey {
  /** Tells the keys of one purpose apart, and nothing of the key. */
  readonly kid: string;
  readonly bytes: Uint8Array;
}

/**
 * The keys for one purpose, one of each secret (HKDF-SHA-256, RFC 5869): what is made for one purpose is worthless for any
 * other.
 * @param length bytes of a key
 */
export function keysFor(
  purpose: string,
  [first, ...others]: Secrets,
  length = 32,
): readonly [DerivedKey, ...DerivedKey[]] {
  const keyOf = (secret: string): DerivedKey => ({
    kid: Buffer.from(derive(secret, `${purpose}\0id`, 6)).toString('base64url'),
    bytes: derive(secret, `${purpose}\0key`, length),
  });
  return [keyOf(first), ...others.map(keyOf)];
}

function derive(secret: string, info: string, length: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `sign-in\0${info}`, length));
}
