import { servedVersions } from './message/versions.ts';

/** The error of a JSON-RPC answer. */
export interface RpcFailure {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

const headers = 'MCP-Protocol-Version, Mcp-Method and Mcp-Name must say what the message says';
const supported = servedVersions.join(', ');

/** How sentences of the protocol layer begin, and the sentences that replace them. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [
    /^Method not found/,
    'Method not found: this endpoint does not serve it; its capabilities say what it serves.',
  ],
  [/^Unsupported protocol version/, `Unsupported protocol version: use one of ${supported}.`],
  [/^Bad Request: Unsupported protocol version/, `Unsupported protocol version: use one of ${supported}.`],
  [
    /^Bad Request: the request headers and body disagree/,
    `The headers and the message disagree: ${headers}.`,
  ],
  [/^Bad Request: .*header/i, `The headers and the message disagree: ${headers}.`],
  [
    /^Missing required client capabilit/i,
    'The request needs a capability that the client did not declare: declare what data names, and send it again.',
  ],
  [
    /^Invalid or expired requestState/,
    'The requestState is not one of ours, is older than five minutes, or belongs to somebody else: send the request again without it.',
  ],
  [/^Not Acceptable/, 'Not acceptable: accept application/json and text/event-stream.'],
  [/^Subscription limit/, 'Too many subscriptions are open: try again later.'],
  [/^Internal (server )?error$/, 'Internal error. Try again later.'],
  [
    /^Invalid (params (for|:)|tools\/call)|^\s*[[{]/,
    'Invalid params: they do not have the form that the protocol gives them; correct them.',
  ],
  [
    /^(Bad Request|Invalid Request|Parse error)\b(?!: (the body|send))/,
    'Invalid request: send one JSON-RPC 2.0 message object.',
  ],
];

/** The same failure with a sentence of ours; its code and data are kept. */
export function inOwnWords(failure: RpcFailure): RpcFailure {
  const envelope = (failure.data as { envelope?: EnvelopeIssue } | undefined)?.envelope;
  if (envelope !== undefined) {
    return aboutEnvelope(failure.code, envelope);
  }
  const [, sentence = failure.message] = phrases.find(([begin]) => begin.test(failure.message)) ?? [];
  return { ...failure, message: sentence };
}

/** What is wrong with the `_meta` of a stateless request. */
interface EnvelopeIssue {
  readonly key?: string;
  readonly missing?: readonly string[];
}

function aboutEnvelope(code: number, { key, missing }: EnvelopeIssue): RpcFailure {
  const message =
    missing === undefined
      ? `Invalid params: ${key} in _meta does not have the form that the protocol gives it; correct it.`
      : `Invalid params: ${missing.join(', ')} must be in the request's _meta (MCP 2026-07-28); add it.`;
  return { code, message, data: { envelope: missing === undefined ? { key } : { missing } } };
}

/** An answer that the protocol layer refused a request with; any other is passed on as it is. */
export async function withOwnWords(response: Response): Promise<Response> {
  if (response.status < 400 || !response.headers.get('content-type')?.startsWith('application/json')) {
    return response;
  }
  const { status, headers } = response;
  const body = (await response.json()) as { readonly error?: RpcFailure };
  const error = body.error && inOwnWords(body.error);
  return Response.json({ ...body, ...(error && { error }) }, { status, headers: withoutLength(headers) });
}

function withoutLength(headers: Headers): Headers {
  headers.delete('content-length');
  return headers;
}
