import type { Business } from '#platform/business';
import { once } from '#platform/caching/once';
import type { Authenticator } from '#platform/identity/authenticator';
import { disabledAuth, passthroughAuth } from '#platform/identity/development';
import { metadataEndpoint, type ProtectedResource } from '#platform/identity/resource-metadata';
import { endpointsOf, type PlatformSettings as Settings, tenantSites } from '#platform/settings';
import type { SignInProvider } from '#platform/sign-in/provider';
import type { TenantSite } from '#platform/sign-in/tenant-site';

/** Finds out who calls, in the mode that the settings choose. */
export function authenticator(
  { auth, signIn: chosen, tenants }: Settings,
  signIn: SignInProvider | undefined,
  defaultRoles: readonly string[],
  now: () => Date,
): Authenticator {
  if (auth.mode === 'jwt') {
    const { applications } = auth;
    const options = {
      ...auth,
      // Where some applications may call only, those who came through this service's own registration were checked there.
      applications: applications.length > 0 ? [...applications, ...(signIn?.applications ?? [])] : [],
      verifiers: signIn?.verifiers ?? [],
      // Without an identity provider there are no tokens of one.
      tenants: chosen?.way === 'own' ? [] : tenants,
      now,
    };
    // What verifies is loaded with the first request, which is answered when it was verified, and not before.
    const verifying = once(async () => (await import('#platform/identity/jwt')).jwtAuth(options));
    let verifier: Authenticator | undefined;
    const authenticateFirst = async (request: Request) => {
      verifier = await verifying();
      return await verifier.authenticate(request);
    };
    return {
      authenticate: (request) => verifier?.authenticate(request) ?? authenticateFirst(request),
      ready: async () => await (await verifying()).ready(),
    };
  }
  const options = { tenants, roles: auth.roles, defaultRoles };
  const authenticate = auth.mode === 'disabled' ? disabledAuth(options) : passthroughAuth(options);
  return { authenticate, ready: async () => {} };
}

/** Where clients of the endpoints find out how to get a token. Modes that verify nobody have no place to send them to. */
export function resourceMetadata(
  settings: Settings,
  signIn: SignInProvider | undefined,
  names: Business['endpointNames'],
): (request: Request) => Response {
  if (settings.auth.mode !== 'jwt' || signIn === undefined) {
    return absent('No identity provider is configured: AUTH_MODE is not jwt.');
  }
  if (settings.signIn?.way === 'verifier') {
    return absent('Clients of this service bring a token with them.');
  }
  const sites = tenantSites(settings);
  const describe = (base: string, path: string, who: readonly TenantSite[]): readonly ProtectedResource[] => {
    const { mcp, agentic } = endpointsOf(base);
    const common = (resource: string) => ({
      resource,
      authorizationServers: (request: Request) =>
        who.flatMap((site) => signIn.authorizationServers(site, request)),
      scopes: [signIn.scopeOf(resource)],
    });
    return [
      { ...common(mcp), route: `${path}/mcp`, name: names.tools },
      { ...common(agentic), route: `${path}/agentic/mcp`, name: names.experts },
    ];
  };
  const [first, ...others] = [
    ...describe(settings.publicBaseUrl, '', sites),
    ...sites.flatMap((site) =>
      site.route === undefined ? [] : describe(site.base, `/${site.route}`, [site]),
    ),
  ];
  return first === undefined ? absent('There is nothing here.') : metadataEndpoint([first, ...others]);
}

function absent(sentence: string): () => Response {
  return () => Response.json({ error: sentence }, { status: 404 });
}
