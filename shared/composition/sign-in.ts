import type { PlatformSettings } from '#platform/settings';
import type { SignInProvider } from '#platform/sign-in/provider';
import { remoteProvider } from '#platform/sign-in/remote';
import { verifierOnly } from '#platform/sign-in/verifier';

/** How people come to a token, as the settings choose it; undefined in the modes that verify nobody. */
export function signInProvider({ auth, signIn }: PlatformSettings): SignInProvider | undefined {
  if (auth.mode !== 'jwt' || signIn === undefined) {
    return undefined;
  }
  switch (signIn.way) {
    case 'verifier':
      return verifierOnly(auth.scope);
    case 'remote':
      return remoteProvider(auth);
  }
}
