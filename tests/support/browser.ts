import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client';
import { cliApp } from '../../emulators/identity/directory.ts';
import { followAuthorization } from '../../emulators/identity/sign-in.ts';

/** Nothing listens there: the code is read from the redirect itself. */
const redirectUri = 'http://127.0.0.1:7999/callback';

/** What an MCP client brings for OAuth, with a user who is always there. */
export class Browser implements OAuthClientProvider {
  readonly redirectUrl = redirectUri;
  readonly clientMetadata = {
    redirect_uris: [redirectUri],
    client_name: 'a client',
    grant_types: ['authorization_code', 'refresh_token'],
  };
  answer = new URLSearchParams();
  readonly #user: string;
  #tokens: StoredOAuthTokens | undefined;
  #verifier = '';
  #discovered: OAuthDiscoveryState | undefined;

  constructor(user: string) {
    this.#user = user;
  }
  state() {
    return 'state-of-the-browser';
  }
  clientInformation() {
    return { client_id: cliApp.clientId };
  }
  tokens() {
    return this.#tokens;
  }
  saveTokens(tokens: StoredOAuthTokens) {
    this.#tokens = tokens;
  }
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }
  codeVerifier() {
    return this.#verifier;
  }
  discoveryState() {
    return this.#discovered;
  }
  saveDiscoveryState(state: OAuthDiscoveryState) {
    this.#discovered = state;
  }
  async redirectToAuthorization(url: URL) {
    this.answer = await followAuthorization(url, this.#user);
  }
}
