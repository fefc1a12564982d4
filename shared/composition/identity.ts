import type { Authenticator } from '#platform/identity/authenticator';
import { disabledAuth, passthroughAuth } from '#platform/identity/development';
import { authorizationServer } from '#platform/identity/issuers';
import { jwtAuth } from '#platform/identity/jwt';
import { metadataEndpoint, type ProtectedResource } from '#platform/identity/resource-metadata';
import { endpointsOf, type PlatformSettings as Settings } from '#platform/settings';

/** What a token that names no role may do where nobody is verified. */
const developerRoles = ['query'];

/** Finds out who calls, in the mode that the settings choose. */
export function authenticator({ auth, tenants }: Settings, now: () => Date): Authenticator {
  if (auth.mode === 'jwt') return jwtAuth({ ...auth, tenants, now });
  const options = { tenants, roles: auth.roles, defaultRoles: developerRoles };
  const authenticate = auth.mode === 'disabled' ? disabledAuth(options) : passthroughAuth(options);
  return { authenticate, ready: async () => {} };
}

/** Where clients of the endpoints find out how to get a token. Modes that verify nobody have no place to send them to. */
export function resourceMetadata(settings: Settings): (request: Request) => Response {
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
    describe('/mcp', mcp, 'Contoso customer care: tools'),
    describe('/agentic/mcp', agentic, 'Contoso customer care: experts'),
  ]);
}

/** What clients ask the identity provider for to call the endpoint at `resource`. */
export function requestedScope({ auth }: Settings, resource: string): string | undefined {
  return auth.mode === 'jwt' ? `${auth.scopePrefix ?? resource}/${auth.scope}` : undefined;
}
