import type { Business } from '#platform/business';
import type { Authenticator } from '#platform/identity/authenticator';
import { disabledAuth, passthroughAuth } from '#platform/identity/development';
import { authorizationServer } from '#platform/identity/issuers';
import { jwtAuth } from '#platform/identity/jwt';
import { metadataEndpoint, type ProtectedResource } from '#platform/identity/resource-metadata';
import { endpointsOf, type PlatformSettings as Settings } from '#platform/settings';

/** Finds out who calls, in the mode that the settings choose. */
export function authenticator(
  { auth, tenants }: Settings,
  defaultRoles: readonly string[],
  now: () => Date,
): Authenticator {
  if (auth.mode === 'jwt') {
    return jwtAuth({ ...auth, tenants, now });
  }
  const options = { tenants, roles: auth.roles, defaultRoles };
  const authenticate = auth.mode === 'disabled' ? disabledAuth(options) : passthroughAuth(options);
  return { authenticate, ready: async () => {} };
}

/** Where clients of the endpoints find out how to get a token. Modes that verify nobody have no place to send them to. */
export function resourceMetadata(
  settings: Settings,
  names: Business['endpointNames'],
): (request: Request) => Response {
  const { auth, tenants, publicBaseUrl } = settings;
  if (auth.mode !== 'jwt') {
    return () =>
      Response.json({ error: 'No identity provider is configured: AUTH_MODE is not jwt.' }, { status: 404 });
  }
  const authorizationServers = tenants.flatMap(({ tenantIds }) =>
    tenantIds.map((tid) => authorizationServer(auth.authority, tid)),
  );
  const describe = (route: string, resource: string, name: string): ProtectedResource => ({
    route,
    resource,
    name,
    authorizationServers,
    scopes: [requestedScope(settings, resource) ?? auth.scope],
  });
  const { mcp, agentic } = endpointsOf(publicBaseUrl);
  return metadataEndpoint([
    describe('/mcp', mcp, names.tools),
    describe('/agentic/mcp', agentic, names.experts),
  ]);
}

/** What clients ask the identity provider for to call the endpoint at `resource`. */
export function requestedScope({ auth }: Settings, resource: string): string | undefined {
  return auth.mode === 'jwt' ? `${auth.scopePrefix ?? resource}/${auth.scope}` : undefined;
}
