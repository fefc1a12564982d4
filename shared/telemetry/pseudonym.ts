import { createHash } from 'node:crypto';

/** A short stable stand-in for an identifier: lines of one user can be put together without naming them. */
export function pseudonym(identifier: string): string {
  return createHash('sha256').update(identifier).digest('base64url').slice(0, 12);
}
