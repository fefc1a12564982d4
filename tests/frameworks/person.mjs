import { createInterface } from 'node:readline';
import { OAuthMemory } from '../support/oauth-memory.ts';

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const redirectUrl = 'http://127.0.0.1:7998/callback';

/** What a program brings for OAuth: its person signs in through standard output and input. */
export class Person extends OAuthMemory {
  redirectUrl = redirectUrl;
  clientInformation;
  #state;

  /** @param {string} name what the program calls itself when it registers */
  constructor(name) {
    super();
    let client;
    this.clientInformation = () => client;
    this.saveClientInformation = (registered) => {
      client = registered;
    };
    this.clientMetadata = {
      client_name: name,
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    };
  }

  state() {
    this.#state = crypto.randomUUID();
    return this.#state;
  }
  storedState() {
    return this.#state;
  }
  /** The AI SDK keeps here what the two SDKs of the protocol keep as their discovery. */
  authorizationServerInformation() {
    return this.server;
  }
  saveAuthorizationServerInformation(server) {
    this.server = server;
  }

  async redirectToAuthorization(url) {
    process.stdout.write(`${JSON.stringify({ authorize: String(url) })}\n`);
    const { value } = await answers.next();
    const { code, state, iss } = Object.fromEntries(new URL(value).searchParams);
    Object.assign(this, { code, returnedState: state, iss });
  }
}
