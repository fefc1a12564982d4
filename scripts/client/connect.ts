import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export interface ConnectOptions {
  /** Address of the MCP endpoint. */
  readonly url: string;
  readonly token: string;
  /** Asks the user to agree to something; without it the client says that it cannot ask. */
  readonly agree?: (question: string) => Promise<boolean>;
}

/** Connects the official client, which speaks 2026-07-28 and falls back to what the server knows. */
export async function connect({ url, token, agree }: ConnectOptions): Promise<Client> {
  const client = new Client(
    { name: 'contoso-mcp-cli', version: '0.1.0' },
    {
      capabilities: agree === undefined ? {} : { elicitation: { form: {} } },
      versionNegotiation: { mode: 'auto' },
    },
  );
  if (agree !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) =>
      (await agree(params.message))
        ? { action: 'accept', content: { confirm: true } }
        : { action: 'decline' },
    );
  }
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  return client;
}
