import { randomBytes } from 'node:crypto';
import { type Environment, SettingsError, text } from './read.ts';
import type { Where } from './where.ts';

export interface ConfirmationSettings {
  /** Secret for what clients carry between two requests; all instances of a deployment share it. */
  readonly signingKey: string;
}

const leastKeyBytes = 32;

export function readConfirmation(env: Environment, where: Where): ConfirmationSettings {
  return { signingKey: readSigningKey(env, where) };
}

/** A developer's single process may make one up; several instances must share one, or every second answer is refused. */
function readSigningKey(env: Environment, { development, azure }: Where): string {
  const key = text(env, 'STATE_SIGNING_KEY');
  if (key === undefined) {
    if (development && !azure) {
      return randomBytes(leastKeyBytes).toString('base64url');
    }
    throw new SettingsError(
      `STATE_SIGNING_KEY is not set; it must be a secret of at least ${leastKeyBytes} bytes that all instances share, such as a Key Vault reference.`,
    );
  }
  if (Buffer.byteLength(key) < leastKeyBytes) {
    throw new SettingsError(
      `STATE_SIGNING_KEY is too short; it must be a secret of at least ${leastKeyBytes} bytes.`,
    );
  }
  return key;
}
