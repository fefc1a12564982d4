import { errors, type FlattenedJWSInput, type JWSHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import { PolicyFailure } from '../failure.ts';
import { type RequiredClaim, requireAny, requireClaim, textsOf } from './claims.ts';
import type { PublishedKeys } from './published-keys.ts';
import { TokenRefused } from './refused.ts';

export interface TokenRules {
  readonly keys: readonly PublishedKeys[];
  readonly audiences: readonly string[];
  readonly issuers: readonly string[];
  readonly claims: readonly RequiredClaim[];
  readonly requireExpiration: boolean;
  /** Seconds. */
  readonly clockSkew: number;
}

/** Asymmetric algorithms only: with a symmetric one, the public key would do as the secret. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/**
 * @param now milliseconds since the epoch
 * @returns the claims
 * @throws TokenRefused with the reason
 * @throws PolicyFailure when the identity provider does not answer
 */
export async function verifyToken(token: string, rules: TokenRules, now: number): Promise<JWTPayload> {
  const payload = await verifySignatureAndLifetime(token, rules, now);
  if (rules.requireExpiration && payload.exp === undefined) {
    throw new TokenRefused('JwtInvalid', 'The token does not expire.');
  }
  requireAny('TokenAudienceNotAllowed', 'audience', rules.audiences, textsOf(payload.aud, ''));
  requireAny('TokenIssuerNotAllowed', 'issuer', rules.issuers, textsOf(payload.iss, ''));
  for (const claim of rules.claims) {
    requireClaim(claim, payload);
  }
  return payload;
}

async function verifySignatureAndLifetime(
  token: string,
  { keys, clockSkew }: TokenRules,
  now: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, (header, input) => findKey(keys, header, input), {
      algorithms,
      clockTolerance: clockSkew,
      currentDate: new Date(now),
    });
    return payload;
  } catch (error) {
    throw explain(error);
  }
}

async function findKey(
  keys: readonly PublishedKeys[],
  header: JWSHeaderParameters,
  input: FlattenedJWSInput,
) {
  for (const published of keys) {
    const key = await published.find(header, input).catch(unreachable);
    if (key !== undefined) {
      return key;
    }
  }
  throw new TokenRefused('TokenSignatureKeyNotFound', 'The token is signed with an unknown key.');
}

/** The caller is not to blame for this one, so it is not a 401. */
function unreachable(error: unknown): never {
  if (error instanceof TokenRefused) {
    throw error;
  }
  const message = `The identity provider does not answer: ${error instanceof Error ? error.message : 'unknown'}.`;
  throw new PolicyFailure('validate-jwt', 'OpenIdConfigurationNotAvailable', 500, message);
}

function explain(error: unknown): unknown {
  if (!(error instanceof errors.JOSEError)) {
    return error;
  }
  const reasons = new Map([
    [errors.JWTExpired.code, 'TokenExpired'],
    [errors.JWSSignatureVerificationFailed.code, 'TokenSignatureInvalid'],
  ]);
  return new TokenRefused(reasons.get(error.code) ?? 'JwtInvalid', `${error.message}.`);
}
