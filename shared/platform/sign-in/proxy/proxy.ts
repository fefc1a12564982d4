import type { ProxyOptions } from '../options.ts';
import type { SignInProvider } from '../provider.ts';
import { authorizationServer, type ServerDependencies } from './server.ts';
import { upstream } from './upstream.ts';

export interface ProxyDependencies extends Omit<ServerDependencies, 'upstream'> {
  readonly options: ProxyOptions;
  /** Address of the identity provider, without a trailing slash. */
  readonly authority: string;
  /** The API's identifier there, which stands in front of its scope. */
  readonly identifier: string;
}

/**
 * Stands between clients that the identity provider does not know and the provider, which knows only this service. People
 * sign in there; clients get the provider's own access token, and a refresh token that is good for them alone.
 */
export function proxyProvider(dependencies: ProxyDependencies): SignInProvider {
  const { options, authority, identifier, scope } = dependencies;
  const { clientId, clientSecrets } = options;
  const server = authorizationServer({
    ...dependencies,
    upstream: upstream({ authority, clientId, clientSecrets, scope: `${identifier}/${scope}` }),
  });
  return { ...server, applications: [clientId] };
}
