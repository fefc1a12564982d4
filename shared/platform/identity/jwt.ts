import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Roles } from '../access/roles.ts';
import {
  type Authenticate,
  type Authenticator,
  bearerToken,
  Forbidden,
  type TokenVerifier,
  Unauthenticated,
} from './authenticator.ts';
import { type AccessClaims, readClaims } from './claims.ts';
import { refuseOutsiders } from './entry.ts';
import { explain, invalid } from './invalid-token.ts';
import { type Issuer, issuersOf, type OnboardedTenant } from './issuers.ts';
import type { Principal } from './principal.ts';
import { SigningKeys } from './signing-keys.ts';
import { VerifiedTokens } from './verified-tokens.ts';

export interface JwtOptions {
  readonly tenants: readonly OnboardedTenant[];
  /** Address of the identity provider, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** Accepted `aud` values: the API's client id (v2 tokens) and its App ID URI (v1 tokens). */
  readonly audiences: readonly string[];
  /** Scope that a delegated token must have. */
  readonly scope: string;
  /** Client ids of the applications that may call; an empty list lets every one. */
  readonly applications: readonly string[];
  /** Issuers besides the directories. */
  readonly verifiers?: readonly TokenVerifier[];
  /** Who may do what. */
  readonly roles: Roles;
  readonly now: () => Date;
}

/** Asymmetric algorithms only: with a symmetric one, the public key would do as the secret. */
export const algorithms = ['RS256', 'PS256', 'ES256'];
/** Seconds that clocks may differ. */
export const clockTolerance = 60;
/** Characters of the longest token that is looked at; headers end at about this size anyway. */
export const longestToken = 16_384;

/**
 * Verifies access tokens of the onboarded directories (RFC 9068 in Entra's shape). Nothing is asked of the network
 * for a token whose issuer is not onboarded, nor for one whose key is known; nothing is computed for one that was
 * verified before.
 */
export function jwtAuth(options: JwtOptions): Authenticator {
  const issuers = issuersOf(options.tenants, options.authority);
  const keys = keysByAddress(issuers, () => options.now().getTime());
  const verified = new VerifiedTokens();
  const others = new Map(
    (options.verifiers ?? []).flatMap((verifier) => verifier.issuers.map((issuer) => [issuer, verifier])),
  );
  const authenticate: Authenticate = async (request) => {
    const sent = request.headers.get('authorization') ?? '';
    const known = sent.length > longestToken ? undefined : verified.find(sent, options.now().getTime());
    if (known !== undefined) {
      return known;
    }
    const token = bearerToken(request);
    if (token === undefined) {
      throw new Unauthenticated('Send an access token.', { tokenSent: false });
    }
    if (token.length > longestToken) {
      throw invalid('too_long', 'The token is too long.');
    }
    const claimed = claimedIssuer(token);
    const other = others.get(claimed);
    if (other !== undefined) {
      return await other.verify(token, request);
    }
    const issuer = issuers.get(claimed);
    if (issuer === undefined) {
      throw invalid('issuer', 'The token was not issued by a directory that is onboarded here.');
    }
    const signingKeys = keys.get(issuer.jwksUri);
    if (signingKeys === undefined) {
      throw new Error('An issuer has no signing keys.');
    }
    // Read before the verification: keys that come in during it may lack the one that is used.
    const current = signingKeys.current();
    const principal = principalOf(await verify(token, issuer, signingKeys, options), issuer, options);
    if (current !== undefined) {
      verified.add(sent, { principal, source: signingKeys, keys: current });
    }
    return principal;
  };
  return { authenticate, ready: () => oneIsReady([...keys.values()]) };
}

/**
 * One directory that is gone must not stop the service for the users of all others, nor be asked again by everybody
 * who wants to know whether the service is ready.
 */
async function oneIsReady(all: readonly SigningKeys[]): Promise<void> {
  if (all.length === 0 || all.some((keys) => keys.current() !== undefined)) {
    return;
  }
  try {
    await Promise.any(all.map((keys) => keys.read()));
  } catch (error) {
    throw (error as AggregateError).errors[0];
  }
}

/** Both issuers of a directory share one set of keys. */
function keysByAddress(
  issuers: ReadonlyMap<string, Issuer>,
  now: () => number,
): ReadonlyMap<string, SigningKeys> {
  const addresses = new Set([...issuers.values()].map(({ jwksUri }) => jwksUri));
  return new Map([...addresses].map((url) => [url, new SigningKeys({ url, now })]));
}

/** Used only to choose the keys; the verification checks the claim itself. */
function claimedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw invalid('format', 'The token is not a JSON Web Token.');
  }
}

async function verify(
  token: string,
  issuer: Issuer,
  keys: SigningKeys,
  options: JwtOptions,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.find, {
      algorithms,
      issuer: issuer.issuer,
      audience: [...options.audiences],
      clockTolerance,
      currentDate: options.now(),
      requiredClaims: ['exp', 'tid', 'oid'],
    });
    return payload;
  } catch (error) {
    throw error instanceof errors.JOSEError ? explain(error) : error;
  }
}

function principalOf(payload: JWTPayload, issuer: Issuer, options: JwtOptions): Principal {
  const claims = readClaims(payload);
  if (claims === undefined) {
    throw invalid('not_an_access_token', 'The token is not an access token.');
  }
  if (claims.tid !== issuer.tid) {
    throw invalid('tenant', 'The token was issued by another directory than the one it names.');
  }
  if (payload.ver !== issuer.version) {
    throw invalid('version', 'The token version does not belong to its issuer.');
  }
  refuseUnwelcome(claims, options);
  refuseOutsiders(issuer.enter, claims);
  return {
    tenant: issuer.tenant,
    user: `${claims.tid}:${claims.oid}`,
    ...(claims.name !== undefined && { name: claims.name }),
    application: claims.application,
    actor: claims.actor,
    ...(claims.parentApplication !== undefined && { parentApplication: claims.parentApplication }),
    roles: options.roles.rolesOf(claims.roles),
    permissions: options.roles.permissionsOf(claims.roles),
    ...(typeof payload.uti === 'string' && { token: payload.uti }),
    expiresAt: claims.expiresAt,
  };
}

/** Genuine tokens that may not be used here. */
export function refuseUnwelcome(
  claims: Pick<AccessClaims, 'application' | 'appOnly' | 'scopes'>,
  { applications, scope }: Pick<JwtOptions, 'applications' | 'scope'>,
): void {
  if (applications.length > 0 && !applications.includes(claims.application)) {
    throw new Forbidden(
      'application',
      'This application may not call the service; ask for it to be allowed.',
    );
  }
  if (!claims.appOnly && !claims.scopes.includes(scope)) {
    throw new Forbidden('scope', `The token lacks the scope ${scope}.`, scope);
  }
}
