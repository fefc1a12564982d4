import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import { algorithms, clockTolerance, longestToken } from '../../identity/jwt.ts';
import { loopbackSpellings } from '../../identity/loopback.ts';
import { SigningKeys } from '../../identity/signing-keys.ts';
import type { TenantId } from '../../identity/tenant.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { issuersOf, type TenantSite } from '../tenant-site.ts';
import type { EnterpriseIssuer } from './issuer.ts';

/** A verified identity assertion (Identity Assertion JWT Authorization Grant). */
export interface IdentityAssertion {
  readonly issuer: EnterpriseIssuer;
  readonly subject: string;
  readonly clientId: string;
  /** Address of the endpoint that the identity provider lets this person use with this client. */
  readonly resource: string;
  /** Undefined when the assertion says nothing of scopes. */
  readonly scopes: readonly string[] | undefined;
  /** Unique among the issuer's. */
  readonly id: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  readonly payload: JWTPayload;
}

export type EnterpriseIssuers = ReadonlyMap<TenantId, readonly EnterpriseIssuer[]>;

export interface AssertionVerifierOptions {
  readonly issuers: EnterpriseIssuers;
  readonly now: () => Date;
}

const assertionType = 'oauth-id-jag+jwt';
/** Seconds that an assertion may live: it is made to be redeemed at once. */
const longestLife = 3_600;

const text = z.string().min(1).max(255);
const claims = z.looseObject({
  sub: text,
  aud: z.string(),
  client_id: z.string().min(1).max(500),
  resource: z.string().max(2_048),
  scope: z.string().max(2_048).optional(),
  jti: text,
  iat: z.number(),
  exp: z.number(),
  // Bound to a key of the client's, of which nothing is proven here: to pass over that would make it a bearer's.
  cnf: z.undefined().optional(),
});

/**
 * Verifies assertions of a site's identity providers: draft-ietf-oauth-identity-assertion-authz-grant-04 section 4.4.1, and
 * the Enterprise-Managed Authorization extension of MCP, sections 7.4 and 7.6. Nothing is asked of the network for an issuer
 * that is not the tenant's. That an assertion is used once is not checked here.
 * @throws OAuthProblem `invalid_grant` when it does not count here
 * @throws Unavailable when the issuer's keys cannot be read
 */
export function assertionVerifier({ issuers, now }: AssertionVerifierOptions) {
  const addresses = new Set([...issuers.values()].flat().map(({ jwksUri }) => jwksUri));
  const keys = new Map(
    [...addresses].map((url) => [url, new SigningKeys({ url, now: () => now().getTime() })]),
  );
  return async (assertion: string, site: TenantSite): Promise<IdentityAssertion> => {
    const issuer = issuerOf(assertion, issuers.get(site.slug) ?? []);
    const signingKeys = keys.get(issuer.jwksUri);
    if (signingKeys === undefined) {
      throw new Error('An issuer has no signing keys.');
    }
    signingKeys.current(); // a withdrawn key stops working
    const payload = await verified(assertion, signingKeys, { issuer, site, now: now() });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw refused(`its claim ${String(issue?.path[0])} is missing or not right`);
    }
    const { sub, client_id: clientId, resource, scope, jti, iat, exp } = parsed.data;
    if (exp - iat > longestLife) {
      throw refused('it lives too long');
    }
    if (!site.resources.flatMap(loopbackSpellings).includes(resource)) {
      throw refused('it is for another resource');
    }
    const scopes = scope?.split(' ').filter((each) => each !== '');
    return { issuer, subject: sub, clientId, resource, scopes, id: jti, expiresAt: exp, payload };
  };
}

/** By what the assertion claims, to choose the keys: with them it is verified that the issuer wrote that. */
function issuerOf(assertion: string, issuers: readonly EnterpriseIssuer[]): EnterpriseIssuer {
  if (assertion.length > longestToken) {
    throw refused('it is too long');
  }
  const { iss, tenant } = unverified(assertion);
  const ofThisName = issuers.filter(({ issuer }) => issuer === iss);
  if (ofThisName.length === 0) {
    throw refused('its issuer is not one of this organisation');
  }
  const issuer = ofThisName.find(({ organization }) => organization === tenant);
  if (issuer === undefined) {
    throw refused('it is of another organisation');
  }
  return issuer;
}

function unverified(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw refused('it is no JSON Web Token');
  }
}

interface Expected {
  readonly issuer: EnterpriseIssuer;
  readonly site: TenantSite;
  readonly now: Date;
}

async function verified(
  assertion: string,
  { find }: SigningKeys,
  { issuer: { issuer }, site, now }: Expected,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, find, {
      algorithms: [...algorithms],
      typ: assertionType,
      issuer,
      audience: audiencesOf(site),
      clockTolerance,
      currentDate: now,
      maxTokenAge: longestLife,
    });
    return payload;
  } catch (error) {
    throw error instanceof errors.JOSEError ? refused(reasonOf(error)) : error;
  }
}

/** Clients that write a host's address with a slash at its end mean the same issuer. */
function audiencesOf(site: TenantSite): string[] {
  return issuersOf(site).flatMap((issuer) =>
    new URL(issuer).pathname === '/' ? [issuer, `${issuer}/`] : [issuer],
  );
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) {
    return 'it has expired';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud'
      ? 'it is for another authorization server'
      : `its ${error.claim} is not right`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return 'it is signed with an algorithm that is not accepted';
  }
  return 'its signature is not valid';
}

/** What the client is told: which rule it was, and nothing of the assertion. */
export function refused(reason: string): OAuthProblem {
  return new OAuthProblem(
    'invalid_grant',
    `The assertion is refused: ${reason}. Get a new one from the identity provider.`,
  );
}
