import type { Endpoint } from '#platform/mcp/endpoint';
import type { Era } from './messages.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly message: {
    readonly id?: unknown;
    readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
    readonly result?: Readonly<Record<string, unknown>>;
  };
}

/** Sends a message as a client of the era does; a session is that of an `initialize` before. */
export async function send(
  endpoint: Endpoint,
  era: Era,
  message: { readonly method?: unknown; readonly params?: unknown; readonly [more: string]: unknown },
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { name, uri, taskId } = Object(message.params) as Record<string, unknown>;
  const target = [name, uri, taskId].find((value) => typeof value === 'string') as string | undefined;
  const modern = era === '2026-07-28';
  const leaving = new AbortController();
  const response = await endpoint(
    new Request('http://localhost/mcp', {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        host: 'localhost',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(message.method !== 'initialize' && { 'mcp-protocol-version': era }),
        ...(modern && { 'mcp-method': String(message.method) }),
        ...(modern && target !== undefined && { 'mcp-name': encoded(target) }),
        ...more,
      },
      body: JSON.stringify(message),
    }),
  );
  const text = await textOf(response, message.method === 'subscriptions/listen');
  leaving.abort();
  const json = text.startsWith('{') ? text : ([...text.matchAll(/^data: (.+)$/gm)].at(-1)?.[1] ?? text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    message: json === '' ? {} : JSON.parse(json),
  };
}

/** Names that do not fit into a header (MCP 2026-07-28, transports, value encoding). */
function encoded(name: string): string {
  return /^[!-~]([ -~]*[!-~])?$/.test(name) && !name.startsWith('=?')
    ? name
    : `=?base64?${Buffer.from(name).toString('base64')}?=`;
}

/** The whole body, or of a stream without an end what comes first. */
async function textOf(response: Response, endless: boolean): Promise<string> {
  if (!endless || response.body === null) {
    return response.text();
  }
  const reader = response.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return Buffer.from(value ?? []).toString();
}

/** Begins a session; its header. */
export async function newSession(
  endpoint: Endpoint,
  protocolVersion = '2025-11-25',
): Promise<Record<string, string>> {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  const { headers } = await send(endpoint, '2025-11-25', {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params,
  });
  return { 'mcp-session-id': headers.get('mcp-session-id') ?? '' };
}
