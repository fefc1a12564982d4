import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../key-ring.ts';
import { keyRing, leastBytes } from './keys.ts';
import { type Environment, SettingsError } from './read.ts';
import type { Where } from './where.ts';

export interface ConfirmationSettings {
  /** Secrets for what clients carry between two requests; all instances of a deployment share them. */
  readonly signingKeys: KeyRing;
}

const leastKeyBytes = leastBytes.STATE_SIGNING_KEY;

export function readConfirmation(env: Environment, where: Where): ConfirmationSettings {
  return { signingKeys: readSigningKeys(env, where) };
}

/** A developer's single process may make one up; several instances must share one, or every second answer is refused. */
function readSigningKeys(env: Environment, { development, azure }: Where): KeyRing {
  const keys = keyRing(env, 'STATE_SIGNING_KEY');
  if (keys !== undefined) {
    return keys;
  }
  if (development && !azure) {
    return [randomBytes(leastKeyBytes).toString('base64url')];
  }
  throw new SettingsError(
    `STATE_SIGNING_KEY is not set; it must be a secret of at least ${leastKeyBytes} bytes that all instances share, such as a Key Vault reference.`,
  );
}
