import type { App } from '../../shared/app.ts';

import { type Era, envelope, type Message, modernHeaders, type Params, parse } from './door-messages.ts';

export interface Sent {
  readonly method?: string;
  /** Path and query of the address. */
  readonly path?: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  readonly message: Message;
}

/** A JSON-RPC request of one era. */
export interface Rpc {
  /** `/mcp` unless given. */
  readonly path?: string;
  readonly era?: Era;
  readonly method: string;
  readonly params?: Params;
  readonly token?: string | undefined;
  /** Laid over the headers that the era asks for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Laid over the request's `_meta`. */
  readonly meta?: Params;
}

/** The ways into one instance of the service. */
export interface Door {
  send(sent: Sent): Promise<Answer>;
  rpc(request: Rpc): Promise<Answer>;
  callTool(token: string, name: string, args: unknown, more?: Omit<Rpc, 'method'>): Promise<Answer>;
}

export function doorOf(app: Pick<App, 'mcp' | 'agentic'>): Door {
  return doorAt('http://localhost:7071', async (request) =>
    new URL(request.url).pathname === '/agentic/mcp' ? app.agentic(request) : app.mcp(request),
  );
}

/**
 * @param deliver carries the request to the service
 */
export function doorAt(origin: string, deliver: (request: Request) => Promise<Response>): Door {
  const door: Door = {
    async send({ method = 'POST', path = '/mcp', token, headers = {}, body }) {
      const request = new Request(`${origin}${path}`, {
        method,
        headers: {
          host: new URL(origin).host,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const response = await deliver(request);
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, message: parse(text) };
    },
    rpc({ path, era = '2026-07-28', method, params = {}, token, headers = {}, meta = {} }) {
      const modern = era === '2026-07-28';
      const _meta = { ...(modern && envelope), ...meta };
      return door.send({
        ...(path !== undefined && { path }),
        token,
        headers: {
          ...(modern ? modernHeaders(method, params) : { 'mcp-protocol-version': era }),
          ...headers,
        },
        body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
      });
    },
    callTool: (token, name, args, more = {}) =>
      door.rpc({
        ...more,
        token,
        method: 'tools/call',
        params: { name, arguments: args, ...more.params },
      }),
  };
  return door;
}

/** The sentence of a tool's answer. */
export function sentenceOf({ message }: Answer): string {
  return message.result?.content?.[0]?.text ?? '';
}
