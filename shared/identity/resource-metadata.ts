/** What a client must know to get a token for an endpoint. */
export interface ProtectedResource {
  /** Address of the endpoint, without a trailing slash. */
  readonly resource: string;
  readonly name: string;
  /** Issuers that clients can get tokens from. */
  readonly authorizationServers: readonly string[];
  readonly scopes: readonly string[];
}

const wellKnown = '/.well-known/oauth-protected-resource';

/** Address of a resource's metadata: the well-known part goes between the host and the path (RFC 9728 section 3.1). */
export function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return `${origin}${wellKnown}${pathname}`;
}

/**
 * Answers requests for the metadata of any of the resources (RFC 9728 section 3.2). A gateway may have rewritten the
 * path, so the end of the path decides; without one it is the first resource, which clients of the earlier version want.
 */
export function metadataEndpoint(
  resources: readonly [ProtectedResource, ...ProtectedResource[]],
): (request: Request) => Response {
  const bySpecificity = [...resources].sort((one, other) => other.resource.length - one.resource.length);
  return (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const rest = path.startsWith(wellKnown) ? path.slice(wellKnown.length).replace(/\/$/, '') : '';
    const wanted =
      rest === '' ? resources[0] : bySpecificity.find(({ resource }) => endsWith(resource, rest));
    if (wanted === undefined) {
      return Response.json({ error: 'There is no such resource here.' }, { status: 404, headers: open });
    }
    return Response.json(documentOf(wanted), {
      headers: { ...open, 'Cache-Control': 'public, max-age=3600' },
    });
  };
}

/** Public by nature, and read by clients that run in web pages. */
const open = { 'Access-Control-Allow-Origin': '*' };

/** `rest` is the resource's path, or what a rewriting gateway left of it. */
function endsWith(resource: string, rest: string): boolean {
  const { pathname } = new URL(resource);
  return pathname === rest || pathname.endsWith(rest);
}

function documentOf({ resource, name, authorizationServers, scopes }: ProtectedResource) {
  return {
    resource,
    resource_name: name,
    authorization_servers: authorizationServers,
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
  };
}
