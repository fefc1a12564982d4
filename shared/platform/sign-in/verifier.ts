import type { SignInProvider } from './provider.ts';

/**
 * Clients bring tokens from elsewhere; nothing tells them where.
 * @param scope name of the delegated scope that a user's token must have
 */
export function verifierOnly(scope: string): SignInProvider {
  return {
    authorizationServers: () => [],
    scopeOf: () => scope,
    operations: {},
    verifiers: [],
    applications: [],
    tidy: async () => {},
  };
}
