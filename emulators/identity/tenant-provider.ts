import type { Configuration, default as OidcProvider } from 'oidc-provider';
import { v2Claims } from './access-token.ts';
import {
  agentApp,
  apiApp,
  cliApp,
  type DirectoryTenant,
  daemonApp,
  findUserById,
  proxyApp,
} from './directory.ts';
import { enterpriseApp } from './enterprise-app.ts';
import type { KeyRing } from './key-ring.ts';
import { interactionPolicy, Provider } from './library.ts';
import { addOnBehalfOf, onBehalfOf } from './on-behalf-of.ts';
import { errorPage, pageHeaders } from './pages.ts';
import { accessTokenLifetime, type IdentifierUris, oidcScopes } from './resources.ts';
import { addTokenExchange, tokenExchange } from './token-exchange.ts';

export interface TenantOptions {
  readonly tenant: DirectoryTenant;
  readonly issuer: string;
  readonly keys: KeyRing;
  readonly identifierUris: IdentifierUris;
  readonly adapter: NonNullable<Configuration['adapter']>;
  /** Signs the cookies of sign-ins that are under way. */
  readonly cookieKey: string;
}

/** Paths below `/{tid}`, as Entra has them. */
export const paths = {
  authorization: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  jwks: '/discovery/v2.0/keys',
  signIn: '/sign-in',
} as const;

/**
 * One directory's issuer. The keys are those of this moment: after a rotation, make a new one with the same adapter
 * and cookie key; sign-ins under way and refresh tokens go on.
 */
export function tenantProvider(options: TenantOptions): OidcProvider {
  const provider = new Provider(options.issuer, configuration(options));
  addTokenExchange(provider, options);
  addOnBehalfOf(provider, options);
  provider.on('server_error', (_context, error) => {
    console.error('The local identity provider failed:', error);
  });
  return provider;
}

function configuration(options: TenantOptions): Configuration {
  const { tenant, issuer, keys } = options;
  return {
    adapter: options.adapter,
    jwks: keys.privateJwks,
    cookies: { keys: [options.cookieKey] },
    clients: clients(),
    scopes: oidcScopes,
    claims: { openid: ['sub', 'oid', 'tid', 'ver'], profile: ['preferred_username'] },
    routes: { authorization: paths.authorization, token: paths.token, jwks: paths.jwks },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    ttl: lifetimes,
    interactions: {
      policy: promptPolicy(),
      url: (_context, { uid }) => `/${tenant.tid}${paths.signIn}/${uid}`,
    },
    findAccount: (_context, oid) => accountOf(tenant, oid),
    features: features(options),
    formats: {
      customizers: {
        jwt({ oidc }, token, parts) {
          const { AuthorizationCode: code, RefreshToken: refresh } = oidc.entities;
          const { iat, exp, jti } = parts.payload as { iat: number; exp: number; jti: string };
          parts.header = { typ: 'JWT' };
          parts.payload = v2Claims(
            tenant,
            token,
            { iss: issuer, iat, exp, uti: jti },
            (code ?? refresh)?.scope ?? '',
          );
        },
      },
    },
    renderError(context, { error, error_description: description }) {
      context.set(pageHeaders);
      context.body = errorPage(error, description ?? 'The request cannot be served.');
    },
  };
}

/** Only what Entra has too. There is no registration: clients are known beforehand. */
function features({ identifierUris, keys }: TenantOptions): Configuration['features'] {
  const off = { enabled: false };
  return {
    clientCredentials: { enabled: true },
    devInteractions: off,
    dPoP: off,
    pushedAuthorizationRequests: off,
    rpInitiatedLogout: off,
    userinfo: off,
    resourceIndicators: {
      enabled: true,
      defaultResource: (context, _client, oneOf) =>
        // The types say a text; the library takes undefined for "none", and a list when the client asked for several.
        (oneOf ?? identifierUris.fromScopes(context)) as string,
      getResourceServerInfo: (context, resource) =>
        identifierUris.resourceServer(context, resource, keys.currentKid),
    },
  };
}

function clients(): NonNullable<Configuration['clients']> {
  return [
    {
      client_id: cliApp.clientId,
      client_name: cliApp.name,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [...cliApp.redirectUris],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    {
      client_id: proxyApp.clientId,
      client_name: proxyApp.name,
      client_secret: proxyApp.secret,
      application_type: 'native', // its redirects are on this machine, at any port
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [...proxyApp.redirectUris],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    {
      client_id: daemonApp.clientId,
      client_name: daemonApp.name,
      client_secret: daemonApp.secret,
      token_endpoint_auth_method: 'client_secret_basic',
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
    },
    {
      client_id: agentApp.clientId,
      client_name: agentApp.name,
      client_secret: agentApp.secret,
      application_type: 'native',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [...agentApp.redirectUris],
      grant_types: ['authorization_code', 'client_credentials'],
      response_types: ['code'],
    },
    {
      client_id: apiApp.clientId,
      client_name: 'the API itself',
      client_secret: apiApp.secret,
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [],
      grant_types: [onBehalfOf],
      response_types: [],
    },
    {
      client_id: enterpriseApp.clientId,
      client_name: enterpriseApp.name,
      client_secret: enterpriseApp.secret,
      application_type: 'native',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [...enterpriseApp.redirectUris],
      grant_types: ['authorization_code', tokenExchange],
      response_types: ['code'],
    },
  ];
}

/** Everyone chooses a user at every sign-in, so that `prompt=select_account` has nothing to add. */
function promptPolicy() {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

function accountOf(tenant: DirectoryTenant, oid: string) {
  const user = findUserById(tenant, oid);
  if (user === undefined) {
    return undefined;
  }
  const claims = { sub: oid, oid, tid: tenant.tid, ver: '2.0', preferred_username: user.signInName };
  return { accountId: oid, claims: () => claims };
}

const minutes = 60;
const day = 24 * 60 * minutes;

/** Seconds. */
const lifetimes = {
  AccessToken: accessTokenLifetime,
  ClientCredentials: accessTokenLifetime,
  IdToken: accessTokenLifetime,
  AuthorizationCode: 10 * minutes,
  Interaction: 30 * minutes,
  Session: 30 * minutes,
  RefreshToken: day,
  Grant: day,
};
