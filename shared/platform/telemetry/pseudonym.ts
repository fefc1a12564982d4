import { createHmac } from 'node:crypto';
import { LeastRecentlyUsed } from '../caching/lru.ts';

/** A short stable stand-in for an identifier: lines of one user can be put together without naming them. */
export type Pseudonym = (identifier: string) => string;

/** Users whose stand-ins are kept, so that a call does not compute a digest for its log line. */
const mostKept = 1_000;

/**
 * Keyed, because directory and object ids are no secrets: whoever knows a colleague's could compute a plain digest
 * and look for it in the log.
 * @param key secret of the deployment; another key makes other stand-ins
 */
export function pseudonyms(key: string): Pseudonym {
  const kept = new LeastRecentlyUsed<string, string>(mostKept);
  return (identifier) => {
    const known = kept.get(identifier);
    if (known !== undefined) {
      return known;
    }
    // The key also signs other things; the word in front keeps this digest apart from theirs.
    const made = createHmac('sha256', key)
      .update(`pseudonym\0${identifier}`)
      .digest('base64url')
      .slice(0, 12);
    kept.set(identifier, made);
    return made;
  };
}
