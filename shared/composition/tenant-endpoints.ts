import { type Authenticate, Forbidden } from '#platform/identity/authenticator';
import type { TenantId } from '#platform/identity/tenant';
import type { Endpoint } from '#platform/mcp/endpoint';
import { placeOf, type TenantSite } from '#platform/sign-in/tenant-site';

/** Lets the people of one tenant through: the address is that tenant's alone. */
export function onlyOf(tenant: TenantId, authenticate: Authenticate): Authenticate {
  return async (request) => {
    const principal = await authenticate(request);
    if (principal.tenant !== tenant) {
      throw new Forbidden('tenant_route', 'Your organisation may not use this address.');
    }
    return principal;
  };
}

/** One endpoint for each tenant that has a route, by the first segment of the path. */
export function endpointsByRoute(
  sites: readonly TenantSite[],
  endpointOf: (site: TenantSite) => Endpoint,
): Endpoint {
  const routed = sites.filter(({ route }) => route !== undefined);
  const endpoints = new Map(routed.map((site) => [site, endpointOf(site)]));
  return async (request) => {
    const place = placeOf(new URL(request.url).pathname, routed);
    const endpoint = place && endpoints.get(place.site);
    return endpoint === undefined
      ? Response.json({ error: 'There is nothing at this address.' }, { status: 404 })
      : endpoint(request);
  };
}
