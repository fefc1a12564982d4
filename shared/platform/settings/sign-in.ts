import { type SignInOptions, signInWays } from '../sign-in/options.ts';
import type { AuthSettings } from './auth.ts';
import { choice, type Environment, SettingsError } from './read.ts';

/**
 * How people come to a token (`SIGN_IN`).
 * @returns undefined in the modes that verify nobody
 */
export function readSignIn(env: Environment, { mode }: AuthSettings): SignInOptions | undefined {
  const way = choice(env, 'SIGN_IN', signInWays);
  if (mode === 'jwt') {
    return { way: way ?? 'remote' };
  }
  if (way !== undefined) {
    throw new SettingsError(
      `SIGN_IN is "${way}", and AUTH_MODE is ${mode}, in which nobody signs in; remove SIGN_IN, or set AUTH_MODE to jwt.`,
    );
  }
  return undefined;
}
