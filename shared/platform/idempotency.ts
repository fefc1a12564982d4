import { createHash } from 'node:crypto';
import { Conflict } from './errors.ts';
import { canonicalJson } from './json/canonical.ts';

/**
 * A digest of what was asked for, to tell a repetition of a call from another call under the same key. The order of
 * fields does not matter, nor whether a field is left out or undefined.
 * @param asked checked input: as flat as the tool's schema
 */
export function digestOf(tool: string, asked: unknown): string {
  return createHash('sha256')
    .update(canonicalJson([tool, asked]))
    .digest('base64url');
}

/** The error of a key that was used for something else. */
export function otherArguments(): Conflict {
  return new Conflict(
    'This idempotency_key was used for a call with other arguments; use a new key for a new request.',
  );
}
