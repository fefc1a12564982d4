import { displayName } from '../../identity/display-name.ts';
import { clockTolerance, longestToken } from '../../identity/jwt.ts';
import { loopbackSpellings } from '../../identity/loopback.ts';
import type { TenantId } from '../../identity/tenant.ts';
import { requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { SignInRecords } from '../records.ts';
import { issuerOf, issuersOf } from '../tenant-site.ts';
import { type OwnTokens, userOf } from '../tokens/own-tokens.ts';
import type { GrantType } from '../tokens/token-operation.ts';
import {
  type AssertionVerifierOptions,
  assertionVerifier,
  type IdentityAssertion,
  refused,
} from './assertion.ts';
import { type Counter, clientAuthentication, type UseOnce } from './authenticate-client.ts';
import { clientCredentials } from './client-credentials.ts';
import { mappedRoles } from './mapped-roles.ts';

export interface EnterpriseOptions extends AssertionVerifierOptions {
  readonly tokens: OwnTokens;
  readonly records: SignInRecords;
  readonly useOnce: (tenant: TenantId) => UseOnce;
  /** Scope that a token has. */
  readonly scope: string;
  /** What may stand before it besides the resource's address. */
  readonly scopePrefix: string | undefined;
  /** Client ids of the applications that may call; an empty list lets every one. */
  readonly applications: readonly string[];
}

export const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The answer to `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer`: a person's identity assertion for a short-lived access
 * token of our own, with the roles that the assertion's claim is mapped to (MCP extension Enterprise-Managed Authorization,
 * section 5). There is no refresh token: the identity provider is asked again, and can say no.
 */
export function enterpriseGrant(options: EnterpriseOptions): GrantType {
  const { issuers, now, tokens, scope, applications } = options;
  const verifyAssertion = assertionVerifier(options);
  const clients = [...issuers.values()].flat().flatMap((issuer) => issuer.clients);
  const authenticate = clientAuthentication({ clients, now });
  return async ({ request, site, form, correlationId }) => {
    if ((issuers.get(site.slug) ?? []).length === 0) {
      throw new OAuthProblem(
        'unsupported_grant_type',
        'This organisation has no identity provider whose assertions count here.',
      );
    }
    const shown = clientCredentials(request, form);
    const assertion = await verifyAssertion(requiredOf(form, 'assertion', longestToken), site);
    const useOnce = options.useOnce(site.slug);
    const counter: Counter = {
      audiences: issuersOf(site).flatMap((each) => [each, `${each}/oauth/token`]),
      useOnce,
    };
    const client = assertion.issuer.clients.find(({ id }) => id === shown.clientId);
    await authenticate(client, shown, counter);
    if (assertion.clientId !== shown.clientId) {
      throw refused('it is for another client');
    }
    if (applications.length > 0 && !applications.includes(shown.clientId)) {
      throw new OAuthProblem(
        'unauthorized_client',
        'This application may not call the service; ask for it to be allowed.',
      );
    }
    requireResource(form.get('resource'), assertion);
    requireScope(scope, assertion, form.get('scope'), options.scopePrefix);
    if (!(await useOnce(markOf(assertion), expiryOf(assertion)))) {
      throw refused('it was used before');
    }
    const subject = `${assertion.issuer.issuer}#${assertion.subject}`;
    const { id, response } = await tokens.issue({
      site,
      issuer: issuerOf(site, request),
      subject,
      name: displayName(assertion.payload),
      clientId: shown.clientId,
      resource: assertion.resource,
      forAgent: assertion.payload.act !== undefined,
      roles: mappedRoles(assertion.payload, assertion.issuer.roles),
    });
    options.records.signedIn({
      tenant: site.slug,
      user: userOf(site, subject),
      client: shown.clientId,
      how: 'signed_in',
      tokenId: id,
      correlationId,
    });
    return response;
  };
}

/** Of its issuer: two issuers may use one id. */
const markOf = ({ issuer, id }: IdentityAssertion) => `${issuer.issuer}\n${id}`;

/** When the assertion cannot be used any more anyway. */
const expiryOf = ({ expiresAt }: IdentityAssertion) => new Date((expiresAt + clockTolerance) * 1_000);

/** A client that names the resource must mean the assertion's (RFC 8707 section 2). */
function requireResource(named: string | undefined, { resource }: IdentityAssertion): void {
  if (named !== undefined && named !== resource) {
    throw new OAuthProblem('invalid_target', 'The resource is not the one that the assertion is for.');
  }
}

/**
 * Both the assertion and the request may name scopes: only what is in both is granted (extension, section 7.2.1), and that
 * must be the one scope that there is.
 */
function requireScope(
  scope: string,
  { scopes, resource }: IdentityAssertion,
  requested: string | undefined,
  prefix: string | undefined,
): void {
  const names = [
    scope,
    ...[resource, prefix].flatMap((each) => (each === undefined ? [] : spelled(each, scope))),
  ];
  if (scopes !== undefined && !scopes.some((each) => names.includes(each))) {
    throw refused(`it does not name the scope ${scope}`);
  }
  if (requested !== undefined && !requested.split(' ').some((each) => names.includes(each))) {
    throw new OAuthProblem('invalid_scope', `Ask for the scope ${scope}.`);
  }
}

const spelled = (prefix: string, scope: string) =>
  loopbackSpellings(prefix).map((each) => `${each}/${scope}`);
