import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  exchangeAuthorization,
  type OAuthTokens,
  startAuthorization,
} from '@modelcontextprotocol/client';
import { type EndpointName, endpoints, pageAddress } from '../place.ts';

/** As the authorization server knows the console. */
export const client = { client_id: 'console' };

/** What outlives the way to the sign-in and back: secrets of this one sign-in, and no token. */
interface Begun {
  readonly issuer: string;
  readonly state: string;
  readonly verifier: string;
  /** What the tokens are asked for (RFC 8707). */
  readonly resource: string;
}

const storedAs = 'sign-in';

/** What a sign-in came to, and where more tokens come from. */
export interface SignedIn {
  readonly issuer: string;
  readonly tokens: OAuthTokens;
}

/**
 * Sends the browser to the sign-in of the tenant; it comes back to this page.
 * @param endpoint that the tokens are for, where they are for one
 */
export async function beginSignIn(endpoint: EndpointName = 'tools'): Promise<void> {
  const resource = endpoints[endpoint];
  const { authorization_servers: [issuer] = [], scopes_supported: scopes = [] } =
    await discoverOAuthProtectedResourceMetadata(resource);
  const metadata = issuer === undefined ? undefined : await metadataOf(issuer);
  if (issuer === undefined || metadata === undefined) {
    throw new Error('This service does not say where to sign in; ask whoever runs it.');
  }
  const state = crypto.randomUUID();
  const { authorizationUrl, codeVerifier } = await startAuthorization(issuer, {
    metadata,
    clientInformation: client,
    redirectUrl: pageAddress,
    scope: scopes.join(' '),
    state,
    resource,
  });
  const begun: Begun = { issuer, state, verifier: codeVerifier, resource };
  sessionStorage.setItem(storedAs, JSON.stringify(begun));
  location.assign(authorizationUrl);
}

/** The sign-in that this page was come back to from; undefined when it was opened otherwise. */
export async function endSignIn(): Promise<SignedIn | undefined> {
  const answer = new URLSearchParams(location.search);
  const stored = sessionStorage.getItem(storedAs);
  sessionStorage.removeItem(storedAs);
  if (!answer.has('state')) {
    return undefined;
  }
  // a code must not stay in the address, where it would be kept and shown
  history.replaceState(null, '', location.pathname);
  const begun = stored === null ? undefined : (JSON.parse(stored) as Begun);
  if (begun === undefined || answer.get('state') !== begun.state) {
    throw new Error('This answer belongs to another sign-in; sign in again.');
  }
  const { issuer, verifier, resource } = begun;
  const code = answer.get('code');
  if (code === null) {
    throw new Error(answer.get('error_description') ?? 'The sign-in did not succeed; try again.');
  }
  const metadata = await metadataOf(issuer);
  const tokens = await exchangeAuthorization(issuer, {
    ...(metadata && { metadata }),
    clientInformation: client,
    authorizationCode: code,
    iss: answer.get('iss') ?? '',
    codeVerifier: verifier,
    redirectUri: pageAddress,
    resource,
  });
  return { issuer, tokens };
}

export async function metadataOf(issuer: string) {
  return await discoverAuthorizationServerMetadata(issuer);
}
