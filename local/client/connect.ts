import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export interface ConnectOptions {
  /** Address of the MCP endpoint. */
  readonly url: string;
  readonly token: string;
}

/** Connects the official client, which speaks 2026-07-28 and falls back to what the server knows. */
export async function connect({ url, token }: ConnectOptions): Promise<Client> {
  const client = new Client(
    { name: 'contoso-mcp-cli', version: '0.1.0' },
    { capabilities: {}, versionNegotiation: { mode: 'auto' } },
  );
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  return client;
}
