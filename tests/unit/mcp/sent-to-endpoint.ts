import { endpoint } from './endpoint-under-test.ts';

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export function send({ method = 'POST', headers = {}, body }: Sent): Promise<Response> {
  return endpoint(
    new Request('http://localhost/mcp', {
      method,
      headers: {
        host: 'localhost',
        authorization: 'Bearer any',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      ...(body !== undefined && { body }),
    }),
  );
}

/** What the assertions below look at. */
interface Message {
  readonly error?: unknown;
  readonly result: {
    readonly content: [{ readonly text: string }];
    readonly structuredContent?: unknown;
    readonly tools: readonly { readonly name: string }[];
    readonly capabilities: unknown;
  };
}

/** One message of the 2026-07-28 era. */
export async function modern(method: string, params: { name?: string; [key: string]: unknown } = {}) {
  const response = await send({
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(params.name !== undefined && { 'mcp-name': params.name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: envelope } }),
  });
  return { response, message: (await response.json()) as Message };
}
