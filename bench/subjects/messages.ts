/** The revisions of the protocol that are measured: the current one, and the last one with sessions. */
export type Era = '2026-07-28' | '2025-11-25';

/** What is asked in every comparison. */
export type Operation = 'tools/list' | 'tools/call';
export const operations: readonly Operation[] = ['tools/list', 'tools/call'];

/** The tool that is called: its records are few and cached, so that a call measures the way to the tool. */
export const calledTool = 'get_products';

/** What a message says besides its parameters. */
export type Meta = Readonly<Record<string, unknown>>;

/** A message as it goes over the wire. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const capabilities = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A request that stands alone in either era. */
export function listTools(era: Era, meta: Meta = {}): Message {
  return message(era, 'tools/list', {}, meta);
}

export function callTool(
  era: Era,
  name: string = calledTool,
  args: Readonly<Record<string, unknown>> = {},
  meta: Meta = {},
): Message {
  return message(era, 'tools/call', { name, arguments: args }, meta);
}

export function messageFor(era: Era, operation: Operation, meta: Meta = {}): Message {
  return operation === 'tools/list' ? listTools(era, meta) : callTool(era, calledTool, {}, meta);
}

function message(
  era: Era,
  method: string,
  params: Readonly<Record<string, unknown>>,
  meta: Meta = {},
): Message {
  const current = era === '2026-07-28';
  const _meta = current ? { ...capabilities, ...meta } : meta;
  const withMeta = Object.keys(_meta).length > 0 ? { ...params, _meta } : params;
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': era,
      ...(current && { 'mcp-method': method }),
      ...(current && typeof params.name === 'string' && { 'mcp-name': params.name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: withMeta }),
  };
}

/** @param text a JSON answer, or the event stream that 2025-era clients get */
export function resultOf(text: string): Record<string, unknown> {
  const json = text.trimStart().startsWith('{')
    ? text
    : text
        .split('\n')
        .filter((line) => line.startsWith('data: {'))
        .at(-1)
        ?.slice('data: '.length);
  const { result } = JSON.parse(json ?? '{}') as { result?: Record<string, unknown> };
  if (result === undefined || result.isError === true) {
    throw new Error(`Not a result: ${text.slice(0, 400)}`);
  }
  return result;
}

/** Checks that an answer is what was asked for, so that a fast failure does not count as fast. */
export function checkAnswer(operation: Operation, text: string, tools: number): void {
  const result = resultOf(text);
  const { products } = (result.structuredContent ?? {}) as { products?: unknown[] };
  const right =
    operation === 'tools/list'
      ? Array.isArray(result.tools) && result.tools.length === tools
      : products !== undefined && products.length > 0;
  if (!right) {
    throw new Error(`Not the right answer to ${operation}: ${text.slice(0, 400)}`);
  }
}
