import { randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Roles } from '../../access/roles.ts';
import { actorOf } from '../../identity/actor.ts';
import type { TokenVerifier } from '../../identity/authenticator.ts';
import { textsOf } from '../../identity/claims.ts';
import { displayName } from '../../identity/display-name.ts';
import { refuseOutsiders } from '../../identity/entry.ts';
import { explain, invalid } from '../../identity/invalid-token.ts';
import { clockTolerance, refuseUnwelcome } from '../../identity/jwt.ts';
import { loopbackSpellings } from '../../identity/loopback.ts';
import type { Principal } from '../../identity/principal.ts';
import { type OwnKeys, ownAlgorithm } from '../keys/own-key.ts';
import { endpointAt, issuersOf, type TenantSite } from '../tenant-site.ts';
import type { TokenResponse } from './token-operation.ts';

export interface OwnTokensOptions {
  readonly keys: OwnKeys;
  readonly sites: readonly TenantSite[];
  /** Who may do what. */
  readonly roles: Roles;
  /** Scope that every token has. */
  readonly scope: string;
  /** Client ids of the applications that may call; an empty list lets every one. */
  readonly applications: readonly string[];
  readonly now: () => Date;
}

/** What a token of our own is issued for. */
export interface Grant {
  readonly site: TenantSite;
  /** The site's issuer, as the client spells it. */
  readonly issuer: string;
  /** Whom the token stands for; one and the same in every token of that person, and nobody else's in the tenant. */
  readonly subject: string;
  /** What people call them; left out where it is not known. */
  readonly name?: string | undefined;
  readonly clientId: string;
  /** Address of the one endpoint that it is good for, among the site's resources. */
  readonly resource: string;
  /** An agent asked for it in the name of the subject (RFC 8693 section 4.1). */
  readonly forAgent?: boolean;
  /** As the business names them. */
  readonly roles: readonly string[];
}

export interface IssuedToken {
  /** `jti`; calls that are made with the token are on record with it. */
  readonly id: string;
  readonly response: TokenResponse;
}

export interface OwnTokens {
  issue(grant: Grant): Promise<IssuedToken>;
  /** Verifies them where they come back, as those of any other issuer. */
  readonly verifier: TokenVerifier;
}

/** `typ` of an access token (RFC 9068 section 2.1). */
const accessTokenType = 'at+jwt';

/** Seconds. A token cannot be called back before that. */
export const ownTokenLifetime = 600;

/**
 * Access tokens that this service issues itself (RFC 9068): signed, so that every instance and the gateway can verify
 * them and nothing has to be kept. Each is good for one tenant and one endpoint.
 */
export function ownTokens(options: OwnTokensOptions): OwnTokens {
  const siteByIssuer = new Map(options.sites.flatMap((site) => issuersOf(site).map((each) => [each, site])));
  return {
    async issue(grant) {
      const issuedAt = Math.floor(options.now().getTime() / 1_000);
      const id = randomUUID();
      const claims = { ...claimsOf(grant, issuedAt, options), jti: id };
      const response: TokenResponse = {
        access_token: await options.keys.sign(claims, accessTokenType),
        token_type: 'Bearer',
        expires_in: ownTokenLifetime,
        scope: options.scope,
      };
      return { id, response };
    },
    verifier: {
      issuers: [...siteByIssuer.keys()],
      async verify(token, request) {
        const payload = await verified(token, options);
        const site = siteByIssuer.get(payload.iss ?? '');
        if (site === undefined || payload.tenant !== site.slug) {
          throw invalid('tenant', 'The token was issued for another organisation than the one it names.');
        }
        requireAudience(payload, site, request);
        return principalOf(payload, site, options);
      },
    },
  };
}

/** What the service calls that person: as people of a directory are called, by the tenant's first one. */
export function userOf({ tenantIds }: TenantSite, subject: string): string {
  return `${tenantIds[0]}:${subject}`;
}

function claimsOf(grant: Grant, issuedAt: number, { roles, scope }: OwnTokensOptions): JWTPayload {
  return {
    iss: grant.issuer,
    aud: grant.resource,
    sub: grant.subject,
    tenant: grant.site.slug,
    client_id: grant.clientId,
    roles: grant.roles.map(roles.claimOf),
    scope,
    // The same in the words of a directory's tokens, which the gateway's policies read.
    tid: grant.site.tenantIds[0],
    oid: grant.subject,
    azp: grant.clientId,
    scp: scope,
    ...(grant.name !== undefined && { name: grant.name }),
    ...(grant.forAgent === true && { act: { sub: grant.clientId } }),
    iat: issuedAt,
    exp: issuedAt + ownTokenLifetime,
  };
}

async function verified(token: string, { keys, now }: OwnTokensOptions): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.find, {
      algorithms: [ownAlgorithm],
      typ: accessTokenType,
      clockTolerance,
      currentDate: now(),
      requiredClaims: ['iss', 'aud', 'sub', 'client_id', 'exp', 'jti'],
    });
    return payload;
  } catch (error) {
    throw error instanceof errors.JOSEError ? explain(error) : error;
  }
}

/** The token is for one endpoint of one tenant, and this must be it (RFC 8707 section 2, RFC 9068 section 4). */
function requireAudience({ aud }: JWTPayload, { resources }: TenantSite, request: Request): void {
  const endpoint = endpointAt(new URL(request.url).pathname);
  const accepted = resources
    .filter((resource) => endpointAt(new URL(resource).pathname) === endpoint)
    .flatMap(loopbackSpellings);
  if (typeof aud !== 'string' || !accepted.includes(aud)) {
    throw invalid('audience', 'The token is for another service.');
  }
}

function principalOf(
  payload: JWTPayload,
  site: TenantSite,
  { roles, ...welcome }: OwnTokensOptions,
): Principal {
  const { sub, client_id: application, scope, exp, jti } = payload;
  if (typeof sub !== 'string' || sub === '' || typeof application !== 'string' || exp === undefined) {
    throw invalid('not_an_access_token', 'The token is not an access token.');
  }
  const scopes = typeof scope === 'string' ? scope.split(' ') : [];
  refuseUnwelcome({ application, scopes, appOnly: false }, welcome);
  const claimed = textsOf(payload.roles);
  const name = displayName(payload);
  // tokens of our own have no groups
  refuseOutsiders(site.enter, { roles: claimed, groups: [], groupsLeftOut: false });
  return {
    tenant: site.slug,
    user: userOf(site, sub),
    ...(name !== undefined && { name }),
    application,
    // They are issued to people who signed in, and to agents of theirs.
    actor: actorOf(payload, false),
    roles: roles.rolesOf(claimed),
    permissions: roles.permissionsOf(claimed),
    ...(jti !== undefined && { token: jti }),
    expiresAt: exp,
  };
}
