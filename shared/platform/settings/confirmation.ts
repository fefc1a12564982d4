import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../key-ring.ts';
import { type Environment, list, SettingsError } from './read.ts';
import type { Where } from './where.ts';

export interface ConfirmationSettings {
  /** Secrets for what clients carry between two requests; all instances of a deployment share them. */
  readonly signingKeys: KeyRing;
}

const leastKeyBytes = 32;

export function readConfirmation(env: Environment, where: Where): ConfirmationSettings {
  return { signingKeys: readSigningKeys(env, where) };
}

/** A developer's single process may make one up; several instances must share one, or every second answer is refused. */
function readSigningKeys(env: Environment, { development, azure }: Where): KeyRing {
  const [current, ...earlier] = list(env, 'STATE_SIGNING_KEY');
  if (current === undefined) {
    if (development && !azure) {
      return [randomBytes(leastKeyBytes).toString('base64url')];
    }
    throw new SettingsError(
      `STATE_SIGNING_KEY is not set; it must be a secret of at least ${leastKeyBytes} bytes that all instances share, such as a Key Vault reference.`,
    );
  }
  if ([current, ...earlier].some((key) => Buffer.byteLength(key) < leastKeyBytes)) {
    throw new SettingsError(
      `STATE_SIGNING_KEY is too short; it must be a secret of at least ${leastKeyBytes} bytes, or several, comma-separated, while one is being replaced: the first one signs, all are accepted.`,
    );
  }
  return [current, ...earlier];
}
