import type { KeyRing } from '../key-ring.ts';
import { type Environment, list, SettingsError, text } from './read.ts';

/** Every setting that holds a secret of its own, and how many bytes that must have; 1 where somebody else makes it. */
export const leastBytes = {
  STATE_SIGNING_KEY: 32,
  SIGN_IN_KEYS: 32,
  GATEWAY_KEY: 32,
  SIGN_IN_CLIENT_SECRET: 1,
  DOWNSTREAM_SECRET: 1,
  AZURE_OPENAI_API_KEY: 1,
  AZURE_OPENAI_SECOND_API_KEY: 1,
  OPENAI_API_KEY: 1,
} as const;

export type KeySetting = keyof typeof leastBytes;

/** In the place of a secret that lies in Key Vault: a text that App Service replaces before the app starts. */
export const vaultReference = '@Microsoft.KeyVault(';

/**
 * The secrets of a setting, in the one form in which all of them are replaced: `new,old`. None has a comma in it.
 * @returns undefined when the setting is empty
 * @throws SettingsError when one is too short
 */
export function keyRing(env: Environment, name: KeySetting): KeyRing | undefined {
  const [current, ...earlier] = list(env, name);
  if (current === undefined) {
    return undefined;
  }
  const least = leastBytes[name];
  if ([current, ...earlier].some((key) => Buffer.byteLength(key) < least)) {
    throw new SettingsError(
      `${name} has a secret that is too short; each must have at least ${least} bytes, comma-separated while one is being replaced: the first one makes, all are accepted.`,
    );
  }
  return [current, ...earlier];
}

/**
 * The environment of a process that serves. A reference that App Service could not resolve stays as it is, and anybody who
 * knows the vault's name could guess the "secret".
 * @throws SettingsError when there is one
 */
export function withoutReferences(env: Environment): Environment {
  for (const name of Object.keys(leastBytes)) {
    if (text(env, name)?.includes(vaultReference)) {
      throw new SettingsError(
        `${name} is a reference to Key Vault that was not resolved; it must be the whole setting, its secret must be there, and the app's identity needs Key Vault Secrets User on it.`,
      );
    }
  }
  return env;
}
