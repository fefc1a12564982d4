import type { KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { loopbackSpellings } from '#platform/identity/loopback';
import { apiApp } from './directory.ts';
import { errors } from './library.ts';

/** OpenID Connect's own scopes; all others belong to the API. */
export const oidcScopes = ['openid', 'profile', 'email', 'offline_access'];

/** Seconds that an access token is valid. */
export const accessTokenLifetime = 3600;

/** The scopes under one identifier URI; `.default` stands for everything that the client was granted. */
export function scopesOf(identifierUri: string): string[] {
  return [`${identifierUri}/${apiApp.scope}`, defaultScope(identifierUri)];
}

function defaultScope(identifierUri: string): string {
  return `${identifierUri}/.default`;
}

/**
 * The identifier URIs of the API's registration. As at Entra, a client names the API by the prefix of its scopes,
 * and the `resource` parameter (RFC 8707), if sent, must be the very same URI (AADSTS9010010).
 */
export class IdentifierUris {
  readonly #uris: Set<string>;

  constructor(uris: readonly string[]) {
    this.#uris = new Set([`api://${apiApp.clientId}`]);
    for (const uri of uris) {
      this.add(uri);
    }
  }

  /** @throws Error when it is not an absolute URI, or ends in a slash: then no client's `resource` would equal it */
  add(uri: string): void {
    if (!URL.canParse(uri) || uri.endsWith('/')) {
      throw new Error(`The resource "${uri}" must be an absolute URI without a slash at its end.`);
    }
    for (const spelling of loopbackSpellings(uri)) {
      this.#uris.add(spelling);
    }
  }

  all(): string[] {
    return [...this.#uris];
  }

  /** The API that a request without `resource` means, by its scopes. */
  fromScopes(context: KoaContextWithOIDC): string | undefined {
    const scopes = apiScopes(context);
    const uri = this.all().find((candidate) => scopesOf(candidate).some((scope) => scopes.includes(scope)));
    const [unknown] = scopes;
    if (uri === undefined && unknown !== undefined) {
      throw unknownScope(unknown);
    }
    if (uri === undefined && isClientCredentials(context)) {
      throw notDefaultScope();
    }
    return uri;
  }

  /**
   * What a token for the resource is like.
   * @param kid key that signs the token
   */
  resourceServer(context: KoaContextWithOIDC, resource: string, kid: string): ResourceServer {
    if (!this.#uris.has(resource)) {
      throw invalidTarget(`The API has no identifier URI "${resource}" (Entra: AADSTS500011).`);
    }
    this.#requireMatchingScopes(context, resource);
    return {
      scope: scopesOf(resource).join(' '),
      audience: apiApp.clientId,
      accessTokenFormat: 'jwt',
      accessTokenTTL: accessTokenLifetime,
      jwt: { sign: { alg: 'RS256', kid } },
    };
  }

  #requireMatchingScopes(context: KoaContextWithOIDC, resource: string): void {
    const known = this.all().flatMap(scopesOf);
    const allowed = scopesOf(resource);
    for (const scope of apiScopes(context)) {
      if (!known.includes(scope)) {
        throw unknownScope(scope);
      }
      if (!allowed.includes(scope)) {
        throw invalidTarget(
          `The resource "${resource}" does not match the requested scope "${scope}" (Entra: AADSTS9010010).`,
        );
      }
    }
    if (isClientCredentials(context) && !apiScopes(context).includes(defaultScope(resource))) {
      throw notDefaultScope();
    }
  }
}

function apiScopes({ oidc }: KoaContextWithOIDC): string[] {
  const scope = oidc.params?.scope;
  return typeof scope === 'string'
    ? scope.split(' ').filter((name) => name !== '' && !oidcScopes.includes(name))
    : [];
}

function isClientCredentials({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.params?.grant_type === 'client_credentials';
}

/** An application has roles and no delegated scopes, so that there is nothing to choose from. */
function notDefaultScope(): Error {
  return new errors.InvalidScope(
    'An application without a user asks for the scope <identifier URI>/.default (Entra: AADSTS1002012).',
    '.default',
  );
}

function unknownScope(scope: string): Error {
  return new errors.InvalidScope(
    `There is no scope "${scope}"; write an identifier URI of the API, a slash, and ${apiApp.scope} (Entra: AADSTS70011).`,
    scope,
  );
}

function invalidTarget(description: string): Error {
  return new errors.CustomOIDCProviderError('invalid_target', description);
}
