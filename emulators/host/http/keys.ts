import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AuthLevel } from './router.ts';

/** The keys of this host. In Azure they are stored with the app; here they live as long as the process. */
export interface Keys {
  /** For functions with authLevel `function`. */
  readonly function: string;
  /** For everything, also authLevel `admin` and `/admin/*`. */
  readonly master: string;
  /** For the webhooks of extensions. */
  readonly system: string;
}

/** What a request may need a key for. */
export type Protection = AuthLevel | 'system';

/** Keys as Azure makes them: random, 40 bytes. Given ones are kept. */
export function createKeys(given: { function?: string | undefined; master?: string | undefined }): Keys {
  const key = () => randomBytes(40).toString('base64url');
  return { function: given.function ?? key(), master: given.master ?? key(), system: key() };
}

/**
 * Whether the request carries a key for what it asks. The header `x-functions-key` is looked at first, `?code=` only without it.
 * @param keys undefined when keys are not checked, as is usual on a developer's machine
 */
export function isAllowed(
  keys: Keys | undefined,
  protection: Protection,
  request: IncomingMessage,
  url: URL,
): boolean {
  if (!keys || protection === 'anonymous') {
    return true;
  }
  const given = request.headers['x-functions-key'] ?? url.searchParams.get('code');
  if (typeof given !== 'string') {
    return false;
  }
  const accepted = protection === 'admin' ? [keys.master] : [keys[protection], keys.master];
  return accepted.some((key) => isEqual(key, given));
}

function isEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
