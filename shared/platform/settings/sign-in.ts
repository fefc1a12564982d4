import type { KeyRing } from '../key-ring.ts';
import {
  type ProxyOptions,
  type ServerOptions,
  type SignInOptions,
  type SignInWay,
  signInWays,
} from '../sign-in/options.ts';
import type { AuthSettings } from './auth.ts';
import { keyRing } from './keys.ts';
import { choice, type Environment, flag, list, required, SettingsError, text } from './read.ts';
import type { TenantSettings } from './tenants.ts';

/** What else the choice of a way in depends on. */
export interface Surroundings {
  readonly auth: AuthSettings;
  readonly tenants: readonly TenantSettings[];
  /** Secret that all instances share. */
  readonly signingKeys: KeyRing;
}

/**
 * How people come to a token (`SIGN_IN`).
 * @returns undefined in the modes that verify nobody
 */
export function readSignIn(
  env: Environment,
  { auth, tenants, signingKeys }: Surroundings,
): SignInOptions | undefined {
  const way = choice(env, 'SIGN_IN', signInWays);
  if (auth.mode !== 'jwt') {
    refuse(way, auth.mode);
    return undefined;
  }
  if (way === 'proxy' || way === 'own') {
    requireRoutes(tenants);
    return way === 'proxy' ? readProxy(env, signingKeys) : { way, ...readServer(env, signingKeys) };
  }
  return { way: way ?? 'remote' };
}

function refuse(way: SignInWay | undefined, mode: string): void {
  if (way !== undefined) {
    throw new SettingsError(
      `SIGN_IN is "${way}", and AUTH_MODE is ${mode}, in which nobody signs in; remove SIGN_IN, or set AUTH_MODE to jwt.`,
    );
  }
}

/** The issuer is the tenant's address, so that each needs one of its own. */
function requireRoutes(tenants: readonly TenantSettings[]): void {
  const without = tenants.find(({ route }) => route === undefined);
  if (tenants.length > 1 && without !== undefined) {
    throw new SettingsError(
      `TENANTS has no route for ${without.slug}; where people of several tenants sign in, each needs one, such as "route":"${without.slug}-mcp".`,
    );
  }
}

function readProxy(env: Environment, signingKeys: KeyRing): ProxyOptions {
  const own = 'of this service’s own registration at the identity provider';
  const clientId = required(env, 'SIGN_IN_CLIENT_ID', `the client id ${own}`);
  const clientSecrets = keyRing(env, 'SIGN_IN_CLIENT_SECRET');
  if (clientSecrets === undefined) {
    throw new SettingsError(
      `SIGN_IN_CLIENT_SECRET is not set; it must be the client secret ${own}, such as a Key Vault reference.`,
    );
  }
  return {
    way: 'proxy',
    clientId,
    clientSecrets,
    ...readServer(env, signingKeys),
  };
}

function readServer(env: Environment, signingKeys: KeyRing): ServerOptions {
  return {
    // without a list of their own, sign-ins use the secrets that instances share anyway
    secrets: keyRing(env, 'SIGN_IN_KEYS') ?? signingKeys,
    registration: text(env, 'SIGN_IN_REGISTRATION') === undefined || flag(env, 'SIGN_IN_REGISTRATION'),
    redirects: list(env, 'SIGN_IN_REDIRECTS').map(checkedRedirect),
  };
}

/** To the letter, as clients send it. */
function checkedRedirect(redirect: string): string {
  const isAddress = URL.canParse(redirect) && !/[#\s*]/.test(redirect);
  const scheme = isAddress ? new URL(redirect).protocol : '';
  if (!isAddress || ['http:', 'javascript:', 'data:', 'file:', 'blob:', 'about:'].includes(scheme)) {
    throw new SettingsError(
      `SIGN_IN_REDIRECTS has "${redirect}"; it must be a whole address that clients are sent back to, such as https://client.example/callback or client.example:/callback.`,
    );
  }
  return redirect;
}
