import { discoverAndRequestJwtAuthGrant, type OAuthClientProvider } from '@modelcontextprotocol/client';
import { enterpriseApp } from '../../emulators/identity/enterprise-app.ts';
import { signInForIdToken } from '../../emulators/identity/sign-in.ts';
import { OAuthMemory } from './oauth-memory.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * What an enterprise's client brings for OAuth (for both lines of the SDK): its person has signed in at the organisation's
 * identity provider, which vouches for the person here. No browser is needed.
 */
export class EnterpriseClient extends OAuthMemory implements OAuthClientProvider {
  readonly redirectUrl = undefined;
  readonly clientMetadata = { redirect_uris: [], grant_types: [grantType] };
  /** Nobody is asked anything. */
  readonly answer = new URLSearchParams();
  readonly #idp: string;
  readonly #user: string;

  /** @param idp address of the identity provider; @param user such as `quinn` */
  constructor(idp: string, user: string) {
    super();
    this.#idp = idp;
    this.#user = user;
  }

  clientInformation() {
    return { client_id: enterpriseApp.clientId, client_secret: enterpriseApp.secret };
  }

  redirectToAuthorization(url: URL) {
    throw new Error(`A client of an enterprise was sent to ${url}.`);
  }

  async prepareTokenRequest(scope?: string): Promise<URLSearchParams> {
    const { authorizationServerUrl = '', resourceMetadata } = this.discoveryState() ?? {};
    const { jwtAuthGrant } = await discoverAndRequestJwtAuthGrant({
      idpUrl: this.#idp,
      audience: authorizationServerUrl,
      resource: resourceMetadata?.resource ?? '',
      idToken: await signInForIdToken(this.#idp, this.#user),
      clientId: enterpriseApp.clientId,
      clientSecret: enterpriseApp.secret,
      ...(scope !== undefined && { scope }),
    });
    return new URLSearchParams({
      grant_type: grantType,
      assertion: jwtAuthGrant,
      ...(scope !== undefined && { scope }),
    });
  }
}
