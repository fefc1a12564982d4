import { hkdfSync } from 'node:crypto';

/** Keys for any purpose, made of one secret: who knows the key of one purpose knows nothing of the others. */
export interface DerivedKeys {
  /** Which secret it is; tells nothing about it. */
  readonly kid: string;
  /** Key material for one purpose (HKDF with SHA-256, RFC 5869). */
  bytes(purpose: string, length: number): Uint8Array;
}

/** The secrets of a deployment. To replace one: add the new one last, move it to the front, remove the old one. */
export interface SignInKeys {
  /** With what new things are made. */
  readonly current: DerivedKeys;
  /** With what things that come back are read: the current ones, and those of a secret that is being replaced. */
  readonly all: readonly DerivedKeys[];
}

/**
 * @param secrets the current one first
 * @throws Error when there is none
 */
export function signInKeys(secrets: readonly string[]): SignInKeys {
  const all = secrets.map(derivedKeys);
  const [current] = all;
  if (current === undefined) {
    throw new Error('There is no secret to make keys of.');
  }
  return { current, all };
}

const kidBytes = 9;

function derivedKeys(secret: string): DerivedKeys {
  const bytes = (purpose: string, length: number) =>
    new Uint8Array(hkdfSync('sha256', secret, '', `sign-in ${purpose}`, length));
  return { kid: Buffer.from(bytes('kid', kidBytes)).toString('base64url'), bytes };
}
