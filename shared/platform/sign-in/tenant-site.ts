import type { Entry } from '../identity/entry.ts';
import { asAsked, loopbackSpellings } from '../identity/loopback.ts';
import type { TenantId } from '../identity/tenant.ts';

/** Where one tenant's people sign in, and what they sign in to. */
export interface TenantSite {
  readonly slug: TenantId;
  readonly displayName: string;
  /** Directories of the identity provider whose people belong to it. */
  readonly tenantIds: readonly string[];
  /** Who of the directories may enter; everybody when left out. */
  readonly enter?: Entry | undefined;
  /** First segment of its addresses; undefined when the deployment's only tenant has the whole address. */
  readonly route: string | undefined;
  /** Public address, without a trailing slash. It is also the issuer, where this service is an authorization server. */
  readonly base: string;
  /** Addresses of the endpoints that a token may be wanted for (RFC 8707). */
  readonly resources: readonly string[];
}

/** A site's issuer under the name that the client has for this machine: clients compare it to the letter (RFC 8414 section 3.3). */
export function issuerOf({ base }: TenantSite, request: Request): string {
  return asAsked(base, request);
}

/** Every spelling of a site's issuer. */
export function issuersOf({ base }: TenantSite): readonly string[] {
  return loopbackSpellings(base);
}

/** Address of what is served at a path below a site's own. */
export function addressOf(site: TenantSite, path: string, request: Request): string {
  return `${issuerOf(site, request)}${path}`;
}

/** What is at an address: a tenant's site, and the rest of the path after it. */
export interface Place {
  readonly site: TenantSite;
  /** Begins with a slash, or is empty. */
  readonly path: string;
}

/**
 * Whose address a path is. A gateway may have taken the tenant's route away, which is clear only where one tenant is served.
 * @returns undefined when it is nobody's
 */
export function placeOf(pathname: string, sites: readonly TenantSite[]): Place | undefined {
  const site = sites.find(({ route }) => route !== undefined && isBelow(pathname, `/${route}`));
  if (site !== undefined) {
    return { site, path: pathname.slice(`/${site.route}`.length) };
  }
  const [only, ...others] = sites;
  return only === undefined || others.length > 0 ? undefined : { site: only, path: pathname };
}

function isBelow(pathname: string, start: string): boolean {
  return pathname === start || pathname.startsWith(`${start}/`);
}

/** Which of the endpoints a path leads to, whatever a gateway has or has not put in front; undefined when it is none. */
export function endpointAt(pathname: string): string | undefined {
  return /(?:\/agentic)?\/mcp$/.exec(pathname.replace(/\/$/, ''))?.[0];
}
