const version = '2026-07-28';

export interface PlainToolCall {
  readonly url: string | URL;
  readonly token: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Capabilities of the client, such as its extensions. */
  readonly capabilities?: object;
  /** Asks for progress: the answer is then a stream from the first byte on. */
  readonly progressToken?: string;
  readonly signal?: AbortSignal;
}

/** A call of 2026-07-28 as it is on the wire, without a client's library; resolves with the head of the answer. */
export function plainToolCall({ url, token, name, signal, ...call }: PlainToolCall): Promise<Response> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': call.capabilities ?? {},
    ...(call.progressToken !== undefined && { progressToken: call.progressToken }),
  };
  const params = { name, arguments: call.arguments, _meta };
  return fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': version,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    ...(signal && { signal }),
  });
}
