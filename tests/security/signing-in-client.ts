import {
  Client,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CompleteResultSchema,
  GetPromptResultSchema,
  ReadResourceResultSchema,
} from '@modelcontextprotocol/sdk/types.js';

/** What both lines of the official client can be asked for. */
export interface SigningInClient {
  callTool(name: string, args: Record<string, unknown>): Promise<unknown>;
  getPrompt(name: string, args: Record<string, string>): Promise<unknown>;
  readResource(uri: string): Promise<unknown>;
  complete(prompt: string, argument: { name: string; value: string }): Promise<unknown>;
  close(): Promise<void>;
}

/** @param lookedUp gets the paths that are asked for besides the endpoint itself: what a sign-in begins with */
export type ConnectClient = (url: string, token: string, lookedUp: string[]) => Promise<SigningInClient>;

/** The official 2.x client, with a user who could sign in. */
export const currentLine =
  (mode: 'auto' | 'legacy'): ConnectClient =>
  async (url, token, lookedUp) => {
    const options = signInOptions(url, token, lookedUp);
    const client = new Client({ name: 'tests', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), options));
    return {
      callTool: (name, args) => client.callTool({ name, arguments: args }),
      getPrompt: (name, args) => client.getPrompt({ name, arguments: args }),
      readResource: (uri) => client.readResource({ uri }),
      complete: (name, argument) => client.complete({ ref: { type: 'ref/prompt', name }, argument }),
      close: () => client.close(),
    };
  };

/** The official 1.x client, with a user who could sign in. */
export const formerLine: ConnectClient = async (url, token, lookedUp) => {
  const options = signInOptions(url, token, lookedUp);
  const client = new ClientV1({ name: 'tests', version: '1' });
  // The 1.x transport's declared types do not hold under exactOptionalPropertyTypes.
  const transport = new TransportV1(new URL(url), options as ConstructorParameters<typeof TransportV1>[1]);
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return {
    callTool: (name, args) => client.callTool({ name, arguments: args }),
    getPrompt: (name, args) =>
      client.request({ method: 'prompts/get', params: { name, arguments: args } }, GetPromptResultSchema),
    readResource: (uri) =>
      client.request({ method: 'resources/read', params: { uri } }, ReadResourceResultSchema),
    complete: (name, argument) =>
      client.request(
        { method: 'completion/complete', params: { ref: { type: 'ref/prompt', name }, argument } },
        CompleteResultSchema,
      ),
    close: () => client.close(),
  };
};

function signInOptions(endpoint: string, token: string, lookedUp: string[]) {
  const seenByFetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.href !== endpoint) {
      lookedUp.push(url.pathname);
    }
    return fetch(input, init);
  };
  return { authProvider: signedIn(token), fetch: seenByFetch };
}

/** A user who has a token, and whose browser opens for another. */
function signedIn(token: string): OAuthClientProvider {
  return {
    redirectUrl: 'http://127.0.0.1:7999/callback',
    clientMetadata: { redirect_uris: ['http://127.0.0.1:7999/callback'] },
    clientInformation: () => ({ client_id: 'tests' }),
    tokens: () => ({ access_token: token, token_type: 'Bearer' }),
    saveTokens: () => {},
    redirectToAuthorization: () => {},
    saveCodeVerifier: () => {},
    codeVerifier: () => '',
  };
}
