import { authorizationServer } from '../identity/issuers.ts';
import type { SignInProvider } from './provider.ts';

export interface RemoteOptions {
  /** Address of the identity provider, without a trailing slash. */
  readonly authority: string;
  /** Name of the delegated scope. */
  readonly scope: string;
  /** The API's identifier in front of the scope; undefined for the endpoint's own address. */
  readonly scopePrefix: string | undefined;
}

/** Clients are told who the tenant's identity provider is, and sign in there; it must know them. */
export function remoteProvider({ authority, scope, scopePrefix }: RemoteOptions): SignInProvider {
  return {
    authorizationServers: ({ tenantIds }) => tenantIds.map((tid) => authorizationServer(authority, tid)),
    scopeOf: (resource) => `${scopePrefix ?? resource}/${scope}`,
    operations: {},
    verifiers: [],
    applications: [],
    tidy: async () => {},
  };
}
