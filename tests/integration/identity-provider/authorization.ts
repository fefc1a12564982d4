import { createHash, randomBytes } from 'node:crypto';
import { apiApp, cliApp, daemonApp } from '#emulators/identity/directory';
import { followAuthorization } from '#emulators/identity/sign-in';

/** What the API of these tests is called. */
export const resource = 'http://127.0.0.1:7071/mcp';
export const scope = `${resource}/${apiApp.scope}`;
export const redirectUri = 'http://127.0.0.1:50123/callback';

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** Undefined takes a parameter away that a good request has. */
type Parameters = Readonly<Record<string, string | undefined>>;

/** A good authorization request of the CLI, changed as told. */
export function authorizationUrl(issuer: string, changes: Parameters = {}): URL {
  const url = new URL(endpointOf(issuer, 'authorize'));
  url.search = defined({
    client_id: cliApp.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    resource,
    state: 'the-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  }).toString();
  return url;
}

/** Signs the user in and gives the code. */
export async function codeOf(issuer: string, user: string, changes: Parameters = {}): Promise<string> {
  const answer = await followAuthorization(authorizationUrl(issuer, changes), user);
  return answer.get('code') ?? '';
}

/** The good request for tokens that belongs to `authorizationUrl`, changed as told. */
export async function redeem(issuer: string, code: string, changes: Parameters = {}): Promise<TokenAnswer> {
  return await requestToken(issuer, {
    grant_type: 'authorization_code',
    client_id: cliApp.clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...changes,
  });
}

/** The good request of the daemon, changed as told. */
export async function clientCredentials(issuer: string, changes: Parameters = {}): Promise<TokenAnswer> {
  return await requestToken(issuer, {
    grant_type: 'client_credentials',
    client_id: daemonApp.clientId,
    client_secret: daemonApp.secret,
    scope: `${resource}/.default`,
    ...changes,
  });
}

export interface TokenAnswer {
  readonly status: number;
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly token_type?: string;
  readonly expires_in?: number;
  readonly error?: string;
  readonly error_description?: string;
}

export async function requestToken(issuer: string, parameters: Parameters): Promise<TokenAnswer> {
  const response = await fetch(endpointOf(issuer, 'token'), { method: 'POST', body: defined(parameters) });
  return { status: response.status, ...((await response.json()) as Omit<TokenAnswer, 'status'>) };
}

/** Entra's endpoints are beside the issuer, not below it. */
export function endpointOf(issuer: string, name: 'authorize' | 'token'): string {
  return issuer.replace(/\/v2\.0$/, `/oauth2/v2.0/${name}`);
}

function defined(parameters: Parameters): URLSearchParams {
  const entries = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(entries);
}
