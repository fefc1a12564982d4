import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Principal } from '../identity/principal.ts';
import type { ClientExtensions } from './client-extensions.ts';

/**
 * The SDK passes this through to the request's server object; the token itself goes no further than the authenticator.
 * @param revision of the protocol that the request is served by, as far as it is known
 * @param extensions that the client declares
 */
export function authInfoOf(
  principal: Principal,
  revision?: string,
  session?: string,
  extensions?: ClientExtensions,
): AuthInfo {
  return {
    token: '',
    clientId: principal.application,
    scopes: [...principal.permissions],
    expiresAt: principal.expiresAt,
    extra: { principal, revision, session, extensions },
  };
}

/** @throws Error when a request came past the endpoint's identification */
export function principalOf(authInfo: AuthInfo | undefined): Principal {
  const principal = authInfo?.extra?.principal;
  if (principal === undefined) {
    throw new Error('A request reached the server without a principal.');
  }
  return principal as Principal;
}

/** The revision of the protocol that {@link authInfoOf} was told of. */
export function revisionOf(authInfo: AuthInfo | undefined): string | undefined {
  return authInfo?.extra?.revision as string | undefined;
}

/** The name of the session that {@link authInfoOf} was told of; not the id that a client sends, which is signed. */
export function sessionOf(authInfo: AuthInfo | undefined): string | undefined {
  return authInfo?.extra?.session as string | undefined;
}

/** The extensions that {@link authInfoOf} was told of. */
export function extensionsOf(authInfo: AuthInfo | undefined): ClientExtensions {
  return (authInfo?.extra?.extensions as ClientExtensions | undefined) ?? {};
}
