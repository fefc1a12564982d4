import type { Part, RequestRow, Sent } from '../row.ts';

/** What most rows look at. */
export const answer: readonly Part[] = ['status', 'headers', 'body'];
const host = 'Host: {host}';
const jsonHeaders = ['Content-Type: application/json', 'Accept: application/json, text/event-stream'];
const bearer = 'Authorization: Bearer {token}';

/** A row of one request, without a token. */
export function one(name: string, sent: Sent, more: Partial<RequestRow> = {}): RequestRow {
  return { name, kind: 'request', sends: [sent], needsToken: false, compares: answer, ...more };
}

/** The same for somebody who is let in. */
export function allowed(name: string, sent: Sent, more: Partial<RequestRow> = {}): RequestRow {
  return one(name, withToken(sent), { needsToken: true, ...more });
}

/** A request without a body. */
export function bare(requestLine: string, ...headers: readonly string[]): Sent {
  return { lines: [`${requestLine} HTTP/1.1`, host, ...headers] };
}

/** A JSON body that is posted. */
export function post(target: string, body: string | Buffer, ...headers: readonly string[]): Sent {
  return { lines: [`POST ${target} HTTP/1.1`, host, ...jsonHeaders, ...headers], body };
}

/** A message of clients of 2025. */
export function former(target: string, method: string, params: object = {}): Sent {
  const message = { jsonrpc: '2.0', id: 1, method, params };
  return post(target, JSON.stringify(message), 'MCP-Protocol-Version: 2025-11-25');
}

/** A message of 2026-07-28; its headers repeat what the message says. */
export function modern(
  target: string,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  clientCapabilities: object = {},
): Sent {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': clientCapabilities,
    progressToken: 1,
  };
  const message = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } };
  const name = params.name ?? params.taskId;
  return post(
    target,
    JSON.stringify(message),
    'MCP-Protocol-Version: 2026-07-28',
    `Mcp-Method: ${method}`,
    ...(typeof name === 'string' ? [`Mcp-Name: ${name}`] : []),
  );
}

export function withToken(sent: Sent): Sent {
  return { ...sent, lines: [...sent.lines, bearer] };
}

/** The same request with another request line or further header lines. */
export function also(sent: Sent, ...headers: readonly string[]): Sent {
  return { ...sent, lines: [...sent.lines, ...headers] };
}
