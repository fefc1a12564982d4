const version = '2026-07-28';

interface Plain {
  readonly url: string | URL;
  readonly token: string;
  /** Capabilities of the client, such as its extensions. */
  readonly capabilities?: object;
  /** Asks for progress: the answer is then a stream from the first byte on. */
  readonly progressToken?: string;
  /** Beside those of the protocol. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Instead of a request over the network. */
  readonly send?: typeof fetch;
}

export interface PlainToolCall extends Plain {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface PlainRequest extends Plain {
  readonly method: string;
  /** What it is about: a tool, or a task. */
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A call of 2026-07-28 as it is on the wire, without a client's library; resolves with the head of the answer. */
export function plainToolCall({ arguments: args, ...call }: PlainToolCall): Promise<Response> {
  return plainRequest({ ...call, method: 'tools/call', params: { name: call.name, arguments: args } });
}

/** Any request of 2026-07-28 as it is on the wire; resolves with the head of the answer. */
export function plainRequest({
  url,
  token,
  method,
  name,
  signal,
  send = fetch,
  ...sent
}: PlainRequest): Promise<Response> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': sent.capabilities ?? {},
    ...(sent.progressToken !== undefined && { progressToken: sent.progressToken }),
  };
  return send(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': version,
      'Mcp-Method': method,
      'Mcp-Name': name,
      ...sent.headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...sent.params, _meta } }),
    ...(signal && { signal }),
  });
}
