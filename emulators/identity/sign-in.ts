import { randomUUID } from 'node:crypto';
import {
  discoverAuthorizationServerMetadata,
  exchangeAuthorization,
  registerClient,
  startAuthorization,
} from '@modelcontextprotocol/client';
import { WebBrowser } from '../lib/web-browser.ts';
import { apiApp, cliApp } from './directory.ts';
import { enterpriseApp } from './enterprise-app.ts';

export interface SignInOptions {
  /** Authorization server of the user's organisation. */
  readonly issuer: string;
  /** Sign-in name, such as `sara@contoso`. */
  readonly user: string;
  /** Identifier URI of the API; an MCP endpoint names it in its metadata as `resource`. */
  readonly resource: string;
  /** The API's `mcp.access` by default. */
  readonly scope?: string;
  /** A public client; by default the local CLI, or where clients register themselves, one of that name. */
  readonly clientId?: string;
  /** Of a client that has one. */
  readonly clientSecret?: string;
}

export interface SignedIn {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The user cannot be signed in; the message says why in the words of the identity provider. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

/** Nothing listens there: the code is read from the redirect itself. */
const redirectUri = 'http://127.0.0.1/callback';

/**
 * Signs a user of the local identity provider in, there or through a service in front of it, without a browser: the
 * authorization code flow with PKCE, in which `login_hint` stands for what a person would click.
 * @throws SignInError when the provider does not let the user in
 * @throws TypeError of `fetch` when the provider does not answer
 */
export async function signIn(options: SignInOptions): Promise<SignedIn> {
  const { resource, clientId, clientSecret } = options;
  const tokens = await tokensFor({
    ...options,
    client:
      clientId === undefined
        ? undefined
        : { client_id: clientId, ...(clientSecret !== undefined && { client_secret: clientSecret }) },
    resource,
    scope: options.scope ?? `${resource}/${apiApp.scope}`,
  });
  return {
    accessToken: tokens.access_token,
    expiresAt: Date.now() + (tokens.expires_in ?? 0) * 1000,
  };
}

/**
 * Signs a user in to a client of their organisation's, as single sign-on does.
 * @returns the ID token
 * @throws SignInError when the provider does not let the user in
 */
export async function signInForIdToken(issuer: string, user: string): Promise<string> {
  const { clientId, secret } = enterpriseApp;
  const client = { client_id: clientId, client_secret: secret };
  const tokens = await tokensFor({ issuer, user, client, scope: 'openid' });
  return tokens.id_token ?? '';
}

interface TokensOptions {
  readonly issuer: string;
  readonly user: string;
  /** By default the local CLI, or where clients register themselves, one of that name. */
  readonly client: { readonly client_id: string; readonly client_secret?: string } | undefined;
  readonly resource?: string;
  readonly scope: string;
}

async function tokensFor({ issuer, user, client: known, resource, scope }: TokensOptions) {
  const metadata = await discoverAuthorizationServerMetadata(issuer);
  if (metadata === undefined) {
    throw new SignInError(`There is no authorization server at ${issuer}.`);
  }
  const clientInformation = known ?? (await ownClientAt(issuer, metadata));
  const client = { metadata, clientInformation, ...(resource !== undefined && { resource }) };
  const state = randomUUID();
  const { authorizationUrl, codeVerifier } = await startAuthorization(issuer, {
    ...client,
    redirectUrl: redirectUri,
    scope,
    state,
  });
  const answer = await followAuthorization(authorizationUrl, user);
  if (answer.get('state') !== state) {
    throw new SignInError('The answer belongs to another sign-in.');
  }
  return await exchangeAuthorization(issuer, {
    ...client,
    authorizationCode: answer.get('code') ?? '',
    iss: answer.get('iss') ?? '',
    codeVerifier,
    redirectUri,
  });
}

type ServerMetadata = NonNullable<Awaited<ReturnType<typeof discoverAuthorizationServerMetadata>>>;

async function ownClientAt(issuer: string, metadata: ServerMetadata) {
  if (metadata.registration_endpoint === undefined) {
    return { client_id: cliApp.clientId };
  }
  const clientMetadata = {
    client_name: cliApp.name,
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
  };
  return await registerClient(issuer, { metadata, clientMetadata });
}

/**
 * Does what a person at a browser would do with an authorization request, as the given user: agrees where that is asked,
 * and signs in.
 * @returns the parameters of the redirect back to the client: code, state, iss
 * @throws SignInError when it ends with an error or a page
 */
export async function followAuthorization(authorizationUrl: URL, user: string): Promise<URLSearchParams> {
  const url = new URL(authorizationUrl);
  const redirect = url.searchParams.get('redirect_uri');
  const browser = new WebBrowser(({ origin, pathname }) => `${origin}${pathname}` === redirect);
  url.searchParams.set('login_hint', user);
  const first = await browser.open(url);
  const asks = first.page?.includes('name="decision"') ?? false;
  const last = asks ? await browser.submit(first, { decision: 'allow' }) : first;
  if (last.page !== undefined) {
    throw new SignInError(`${user} cannot be signed in: ${sentenceOf(last.page)}`);
  }
  return codeOf(last.url, user);
}

/** The first paragraph of the provider's page. */
function sentenceOf(page: string): string {
  const [, paragraph] = /<p[^>]*>([^<]+)</.exec(page) ?? [];
  if (paragraph === undefined) {
    return 'the identity provider answered with something else.';
  }
  return paragraph.trim().replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

function codeOf({ searchParams }: URL, user: string): URLSearchParams {
  const error = searchParams.get('error');
  if (error !== null) {
    throw new SignInError(`${user} cannot be signed in: ${searchParams.get('error_description') ?? error}`);
  }
  return searchParams;
}
