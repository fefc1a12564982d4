import { asAsked } from './loopback.ts';

/** What a client must know to get a token for an endpoint. */
export interface ProtectedResource {
  /** Where this service serves it, such as `/mcp`; a gateway in front may have put something before it. */
  readonly route: string;
  /** Address of the endpoint, without a trailing slash. */
  readonly resource: string;
  readonly name: string;
  /** Issuers that clients can get tokens from, as the client of a request spells this machine. */
  readonly authorizationServers: (request: Request) => readonly string[];
  readonly scopes: readonly string[];
}

const wellKnown = '/.well-known/oauth-protected-resource';

/** Address of a resource's metadata: the well-known part goes between the host and the path (RFC 9728 section 3.1). */
export function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return `${origin}${wellKnown}${pathname}`;
}

/**
 * Answers requests for the metadata of any of the resources (RFC 9728 section 3.2), by the address that clients use or
 * by what a rewriting gateway made of it; without a path it is the first resource, which clients of the earlier
 * version want.
 */
export function metadataEndpoint(
  resources: readonly [ProtectedResource, ...ProtectedResource[]],
): (request: Request) => Response {
  return (request) => {
    const { pathname } = new URL(request.url);
    const rest = pathname.startsWith(wellKnown) ? pathname.slice(wellKnown.length).replace(/\/$/, '') : '';
    const wanted =
      rest === ''
        ? resources[0]
        : resources.find(({ resource, route }) => rest === route || rest === new URL(resource).pathname);
    if (wanted === undefined) {
      return Response.json({ error: 'There is no such resource here.' }, { status: 404, headers: open });
    }
    return Response.json(documentOf(wanted, request), {
      headers: { ...open, 'Cache-Control': 'public, max-age=3600' },
    });
  };
}

/** Public by nature, and read by clients that run in web pages. */
const open = { 'Access-Control-Allow-Origin': '*' };

/** Names the resource as the client does, who compares it to the letter (RFC 9728 section 3.3). */
function documentOf({ resource, name, authorizationServers, scopes }: ProtectedResource, request: Request) {
  return {
    resource: asAsked(resource, request),
    resource_name: name,
    authorization_servers: authorizationServers(request),
    scopes_supported: scopes.map((scope) => asAsked(scope, request)),
    bearer_methods_supported: ['header'],
  };
}
