/** One request of nobody's client. */
export const knock = (url: string, token?: string) =>
  fetch(url, {
    method: 'POST',
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });

/** Where an address says that people sign in, as a client finds it (RFC 9728 section 5.1). */
export async function serversOf(refused: Response): Promise<readonly string[]> {
  const challenge = refused.headers.get('www-authenticate') ?? '';
  const [, address] = /resource_metadata="([^"]+)"/.exec(challenge) ?? [];
  if (address === undefined) {
    return [];
  }
  const metadata = (await (await fetch(address)).json()) as { authorization_servers: string[] };
  return metadata.authorization_servers;
}
