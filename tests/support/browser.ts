import type { OAuthClientProvider } from '@modelcontextprotocol/client';
import { cliApp } from '../../emulators/identity/directory.ts';
import { followAuthorization } from '../../emulators/identity/sign-in.ts';
import { OAuthMemory } from './oauth-memory.ts';

/** Nothing listens there: the code is read from the redirect itself. */
const redirectUri = 'http://127.0.0.1:7999/callback';

/** What an MCP client brings for OAuth, with a user who is always there. */
export class Browser extends OAuthMemory implements OAuthClientProvider {
  readonly redirectUrl = redirectUri;
  readonly clientMetadata = {
    redirect_uris: [redirectUri],
    client_name: 'a client',
    grant_types: ['authorization_code', 'refresh_token'],
  };
  answer = new URLSearchParams();
  readonly #user: string;

  constructor(user: string) {
    super();
    this.#user = user;
  }
  state() {
    return 'state-of-the-browser';
  }
  clientInformation() {
    return { client_id: cliApp.clientId };
  }
  async redirectToAuthorization(url: URL) {
    this.answer = await followAuthorization(url, this.#user);
  }
}
