/** The protocol eras that the endpoint serves: stateless requests, and clients of 2025. */
export const eras = ['2026-07-28', '2025-11-25'] as const;
export type Era = (typeof eras)[number];

/** The parts of a JSON-RPC answer that tests look at. */
export interface Message {
  readonly error?: { readonly code: number; readonly message: string };
  readonly result?: {
    readonly isError?: boolean;
    readonly content?: readonly { readonly text: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
    readonly tools?: readonly { readonly name: string }[];
    readonly _meta?: Readonly<Record<string, unknown>>;
    readonly requestState?: string;
    readonly inputRequests?: unknown;
  };
}

export type Params = Readonly<Record<string, unknown>>;

export const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** `_meta` of a client that can show its user a form. */
export const canShowForms = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } } };

export function modernHeaders(method: string, { name }: Params): Record<string, string> {
  return {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(typeof name === 'string' && { 'mcp-name': name }),
  };
}

/** JSON, or the last event of a stream. */
export function parse(text: string): Message {
  const events = [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => data);
  const json = events.at(-1) ?? text;
  return json === '' ? {} : (JSON.parse(json) as Message);
}
