import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Principal } from '../identity/principal.ts';

/** The SDK passes this through to the request's server object; the token itself goes no further than the authenticator. */
export function authInfoOf(principal: Principal): AuthInfo {
  return {
    token: '',
    clientId: principal.application,
    scopes: [...principal.permissions],
    expiresAt: principal.expiresAt,
    extra: { principal },
  };
}

/** @throws Error when a request came past the endpoint's identification */
export function principalOf(authInfo: AuthInfo | undefined): Principal {
  const principal = authInfo?.extra?.principal;
  if (principal === undefined) throw new Error('A request reached the server without a principal.');
  return principal as Principal;
}
