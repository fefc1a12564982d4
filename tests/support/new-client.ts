import type { OAuthClientInformationMixed, OAuthClientProvider } from '@modelcontextprotocol/client';
import { type Place, WebBrowser } from '../../emulators/lib/web-browser.ts';
import { OAuthMemory } from './oauth-memory.ts';

/** Nothing listens there: the answer is read from the redirect itself. */
export const redirectUri = 'http://127.0.0.1:7998/callback';

/** What a person does on the page that asks: the fields of the form. */
export type Decision = Readonly<Record<string, string>>;

/**
 * What an MCP client that knows nothing but an address brings for OAuth (for both lines of the SDK), with a person in a
 * browser who signs in.
 */
export class NewClient extends OAuthMemory implements OAuthClientProvider {
  readonly redirectUrl = redirectUri;
  readonly clientMetadata = {
    redirect_uris: [redirectUri],
    client_name: 'A new client',
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
  };
  readonly clientMetadataUrl?: string;
  readonly browser: WebBrowser;
  /** Parameters of the answer. */
  answer = new URLSearchParams();
  /** What the person was asked; undefined when they were not. */
  asked: Place | undefined;
  readonly #user: string;
  readonly #decision: Decision;
  #client: OAuthClientInformationMixed | undefined;

  /** @param user such as `quinn@contoso` */
  constructor(
    user: string,
    {
      decision = { decision: 'allow' },
      browser = new WebBrowser((url) => url.href.startsWith(redirectUri)),
      clientMetadataUrl,
    }: { decision?: Decision; browser?: WebBrowser; clientMetadataUrl?: string } = {},
  ) {
    super();
    this.#user = user;
    this.#decision = decision;
    this.browser = browser;
    if (clientMetadataUrl !== undefined) {
      this.clientMetadataUrl = clientMetadataUrl;
    }
  }

  state() {
    return 'state-of-the-client';
  }
  clientInformation() {
    return this.#client;
  }
  saveClientInformation(client: OAuthClientInformationMixed) {
    this.#client = client;
  }

  async redirectToAuthorization(url: URL) {
    const asUser = new URL(url);
    asUser.searchParams.set('login_hint', this.#user);
    const first = await this.browser.open(asUser);
    this.asked = first.page === undefined ? undefined : first;
    const last = first.page === undefined ? first : await this.browser.submit(first, this.#decision);
    if (last.page !== undefined) {
      throw new Error(`The sign-in ended at ${last.url} (${last.status}): ${last.page}`);
    }
    this.answer = last.url.searchParams;
  }
}
