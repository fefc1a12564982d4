import type { JWTPayload } from 'jose';
import { withoutFormatControls } from '../format-controls.ts';

/** Characters of a name at most, as people count them in most scripts. */
const longest = 100;

/**
 * What a verified token calls its holder: `name`, or `preferred_username` (OpenID Connect Core 1.0 section 5.1; Entra's access
 * tokens have both where the scope `profile` was asked for). One line, without hidden characters. Others may be called the same,
 * and people may change it: it is shown to people beside the ids, and nothing is decided by it.
 */
export function displayName({ name, preferred_username }: JWTPayload): string | undefined {
  return lineOf(name) ?? lineOf(preferred_username);
}

function lineOf(claim: unknown): string | undefined {
  if (typeof claim !== 'string') {
    return undefined;
  }
  // of a longer one, no more is looked at than can be shown
  const spaced = claim.slice(0, 4 * longest).replace(/\s+/gu, ' ');
  const line = [...withoutFormatControls(spaced)].slice(0, longest).join('').trim();
  return line === '' ? undefined : line;
}
