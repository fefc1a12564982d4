import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { KoaContextWithOIDC, default as OidcProvider } from 'oidc-provider';
import { apiApp, profileApi } from './directory.ts';
import type { KeyRing } from './key-ring.ts';
import { errors } from './library.ts';
import { accessTokenLifetime } from './resources.ts';

export const onBehalfOf = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const parameters = ['assertion', 'requested_token_use', 'scope'] as const;

export interface OnBehalfOfOptions {
  readonly issuer: string;
  readonly keys: KeyRing;
}

/**
 * The on-behalf-of flow of Entra: an access token for the service, from the service itself, for one of the same user for
 * another API. Two scopes stand for what can be in the way of it: a consent that is missing, and a sign-in that has to prove
 * more (Microsoft identity platform, "OAuth 2.0 On-Behalf-Of flow").
 */
export function addOnBehalfOf(provider: OidcProvider, options: OnBehalfOfOptions): void {
  provider.registerGrantType(onBehalfOf, (context) => answer(context, options), parameters);
}

async function answer(context: KoaContextWithOIDC, options: OnBehalfOfOptions): Promise<void> {
  const parameter = (name: (typeof parameters)[number]) => String(context.oidc.params?.[name] ?? '');
  if (parameter('requested_token_use') !== 'on_behalf_of') {
    throw new errors.InvalidRequest('The requested_token_use must be on_behalf_of (Entra: AADSTS90014).');
  }
  const user = await userOf(parameter('assertion'), options);
  const scope = parameter('scope');
  const refusal = refusals[scope];
  if (refusal !== undefined) {
    context.status = 400;
    context.body = refusal;
    return;
  }
  if (scope !== scopeOf(profileApi.scope)) {
    throw new errors.InvalidScope(`There is no scope "${scope}" (Entra: AADSTS70011).`, scope);
  }
  context.body = {
    token_type: 'Bearer',
    scope,
    expires_in: accessTokenLifetime,
    access_token: await options.keys.sign(claimsFor(user, options.issuer), { typ: 'JWT' }),
  };
}

function scopeOf(name: string): string {
  return `${profileApi.identifier}/${name}`;
}

const refusals: Readonly<Record<string, object>> = {
  [scopeOf(profileApi.scopeWithoutConsent)]: {
    error: 'invalid_grant',
    error_description: 'AADSTS65001: The user or administrator has not consented.',
    error_codes: [65_001],
    suberror: 'consent_required',
  },
  [scopeOf(profileApi.scopeWithMoreProof)]: {
    error: 'interaction_required',
    error_description: 'AADSTS50076: You must use multi-factor authentication.',
    error_codes: [50_076],
    suberror: 'basic_action',
    claims: JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } }),
  },
};

/** A token of a user for the service. An application's own token has no scopes, and nobody whom it could stand for. */
async function userOf(assertion: string, { issuer, keys }: OnBehalfOfOptions): Promise<JWTPayload> {
  const verified = await jwtVerify(assertion, createLocalJWKSet(keys.publicJwks), {
    issuer,
    audience: apiApp.clientId,
  }).catch(() => undefined);
  if (verified?.payload.scp === undefined) {
    throw new errors.InvalidGrant(
      'The assertion is no access token of a user for this client (Entra: AADSTS50013).',
    );
  }
  return verified.payload;
}

function claimsFor({ oid, tid, sub }: JWTPayload, iss: string): JWTPayload {
  const iat = Math.floor(Date.now() / 1_000);
  return {
    aud: profileApi.clientId,
    iss,
    iat,
    nbf: iat,
    exp: iat + accessTokenLifetime,
    azp: apiApp.clientId,
    azpacr: '1',
    oid,
    tid,
    ...(sub !== undefined && { sub }),
    idtyp: 'user',
    scp: profileApi.scope,
    uti: randomUUID(),
    ver: '2.0',
  };
}
