import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { KoaContextWithOIDC, default as OidcProvider } from 'oidc-provider';
import { type DirectoryTenant, type DirectoryUser, findUserById } from './directory.ts';
import { groupsOf } from './enterprise-app.ts';
import type { KeyRing } from './key-ring.ts';
import { errors } from './library.ts';
import type { IdentifierUris } from './resources.ts';

export const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const assertionType = 'urn:ietf:params:oauth:token-type:id-jag';
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token';
/** Seconds. */
const assertionLifetime = 300;

const parameters = [
  'requested_token_type',
  'subject_token',
  'subject_token_type',
  'audience',
  'resource',
  'scope',
] as const;

export interface TokenExchangeOptions {
  readonly tenant: DirectoryTenant;
  readonly issuer: string;
  readonly keys: KeyRing;
  readonly identifierUris: IdentifierUris;
}

/**
 * Plays the identity provider of enterprise-managed authorization: an ID token of this directory for an identity assertion
 * (ID-JAG) for one MCP server (draft-ietf-oauth-identity-assertion-authz-grant-04 section 4.3, on RFC 8693). Entra ID was not
 * seen to do this.
 */
export function addTokenExchange(provider: OidcProvider, options: TokenExchangeOptions): void {
  provider.registerGrantType(
    tokenExchange,
    async (context) => {
      context.body = await exchanged(context, options);
    },
    parameters,
  );
}

async function exchanged(
  { oidc }: KoaContextWithOIDC,
  options: TokenExchangeOptions,
): Promise<Record<string, unknown>> {
  const parameter = (name: (typeof parameters)[number]) => String(oidc.params?.[name] ?? '');
  const clientId = oidc.client?.clientId ?? '';
  if (parameter('requested_token_type') !== assertionType) {
    throw new errors.InvalidRequest(`The requested_token_type must be ${assertionType}.`);
  }
  if (parameter('subject_token_type') !== idTokenType) {
    throw new errors.InvalidRequest(`The subject_token_type must be ${idTokenType}.`);
  }
  const user = await userOf(parameter('subject_token'), clientId, options);
  const [audience, resource, scope] = [parameter('audience'), parameter('resource'), parameter('scope')];
  requirePair(audience, resource, options.identifierUris);
  const issuedAt = Math.floor(Date.now() / 1_000);
  const assertion = await options.keys.sign(
    {
      iss: options.issuer,
      sub: user.oid,
      aud: audience,
      resource,
      client_id: clientId,
      groups: groupsOf(user),
      ...(scope !== '' && { scope }),
      jti: randomUUID(),
      iat: issuedAt,
      exp: issuedAt + assertionLifetime,
    },
    { typ: 'oauth-id-jag+jwt' },
  );
  return {
    issued_token_type: assertionType,
    access_token: assertion,
    token_type: 'N_A',
    expires_in: assertionLifetime,
    ...(scope !== '' && { scope }),
  };
}

/** Whom the client signed in: the ID token was made for this client, by this directory. */
async function userOf(
  idToken: string,
  clientId: string,
  { tenant, issuer, keys }: TokenExchangeOptions,
): Promise<DirectoryUser> {
  const verified = await jwtVerify(idToken, createLocalJWKSet(keys.publicJwks), {
    issuer,
    audience: clientId,
  }).catch(() => undefined);
  const user = findUserById(tenant, verified?.payload.sub);
  if (user === undefined) {
    throw new errors.InvalidGrant('The subject_token is no ID token of this client’s.');
  }
  return user;
}

/** The server that the assertion is for must be the resource's (MCP enterprise-managed authorization, section 7.6.1). */
function requirePair(audience: string, resource: string, identifierUris: IdentifierUris): void {
  const isPair =
    identifierUris.all().includes(resource) && resource.startsWith(audience.replace(/\/?$/, '/'));
  if (audience === '' || !isPair) {
    throw new errors.CustomOIDCProviderError(
      'invalid_target',
      'The administrators know no such MCP server: audience and resource must be its issuer and one of its addresses.',
    );
  }
}
