import { cardMimeType, cardsExtensionId } from '#platform/mcp/definitions/card';

/** A message with its headers, as a client sends it. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const version = 'io.modelcontextprotocol/protocolVersion';
const capabilities = 'io.modelcontextprotocol/clientCapabilities';
const client = 'io.modelcontextprotocol/clientInfo';
const info = { name: 'a client', version: '1' };
const envelope = { [version]: '2026-07-28', [client]: info, [capabilities]: {} };
/** That of a client that shows cards. */
export const showsCards = {
  ...envelope,
  [capabilities]: { extensions: { [cardsExtensionId]: { mimeTypes: [cardMimeType] } } },
};

type Params = Readonly<Record<string, unknown>>;

export function modern(method: string, params: Params = {}, meta: Params = envelope): Sent {
  const { name } = params;
  return {
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } },
  };
}

export function legacy(method: string, params: Params = {}): Sent {
  return {
    headers: { 'mcp-protocol-version': '2025-11-25' },
    body: { jsonrpc: '2.0', id: 1, method, params },
  };
}

const call = (name: unknown, args?: unknown): Params => ({
  name,
  ...(args !== undefined && { arguments: args }),
});

/** Calls that are in order as the protocol sees it, whatever becomes of them. */
export const calls: readonly Params[] = [
  ...['labelled', 'odd', 'more', 'wrong', 'missing', 'broken', 'guarded', 'tells', 'changes', 'asks'].map(
    (name) => call(name),
  ),
  call('echo'),
  call('repeat', { word: 'by its former name' }),
  call('echo', {}),
  call('echo', { word: 'ä😀\u2028"</', count: 9, list: ['one', 'two', 'one'] }),
  call('echo', { word: 7 }),
  call('echo', { word: null, count: null }),
  call('echo', { count: 0, list: ['three'], unknown: 1 }),
  call('echo', { count: '3' }),
  call('none'),
  call(''),
];

const withHeaders = (sent: Sent, headers: Readonly<Record<string, string>>): Sent => ({
  ...sent,
  headers: { ...sent.headers, ...headers },
});
const without = (sent: Sent, header: string): Sent => ({
  ...sent,
  headers: Object.fromEntries(Object.entries(sent.headers).filter(([name]) => name !== header)),
});
const withBody = (sent: Sent, body: Params): Sent => ({ ...sent, body: { ...sent.body, ...body } });

/** The same call, in all forms that are odd or wrong in one place. */
function oddForms(sent: Sent): readonly Sent[] {
  const { params } = sent.body as { params: Params };
  const withParams = (more: Params) => withBody(sent, { params: { ...params, ...more } });
  const meta = (params._meta ?? {}) as Params;
  const metas: readonly unknown[] = [
    { ...meta, progressToken: 1 },
    { ...meta, progressToken: {} },
    { ...meta, traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` },
    { ...meta, [version]: '2025-11-25' },
    { ...meta, [version]: 7 },
    { ...meta, [client]: 'a name' },
    { ...meta, [client]: { name: 'no version' } },
    { ...meta, [capabilities]: { elicitation: {} } },
    { ...meta, [capabilities]: 'all' },
    { ...meta, [capabilities]: undefined },
    {},
    [],
    'meta',
  ];
  return [
    ...['', 'two', -7, 2 ** 53, 1.5, true, {}, null, undefined].map((id) => withBody(sent, { id })),
    ...['1.0', 2, undefined].map((jsonrpc) => withBody(sent, { jsonrpc })),
    withBody(sent, { extra: 1 }),
    withBody(sent, { result: {} }),
    ...[undefined, null, [], 'all'].map((value) => withBody(sent, { params: value })),
    ...[[], 'all', 7, { word: { toString: 1 } }].map((args) => withParams({ arguments: args })),
    ...[7, null, {}, undefined].map((name) => withParams({ name })),
    ...metas.map((_meta) => withParams({ _meta })),
    withParams({ task: {} }),
    withParams({ requestState: 'none' }),
    withParams({ inputResponses: {} }),
    withParams({ inputResponses: 7, requestState: 7 }),
    withParams({ more: true }),
    ...Object.keys(sent.headers).flatMap((name) => [
      without(sent, name),
      withHeaders(sent, { [name]: 'else' }),
    ]),
    withHeaders(sent, { 'mcp-name': 'labelled' }),
    withHeaders(sent, { 'mcp-name': '=?base64?ZWNobw==?=' }),
    withHeaders(sent, { 'mcp-method': 'tools/list' }),
    withHeaders(sent, { 'mcp-session-id': 'none' }),
    withHeaders(sent, { 'mcp-param-word': 'else' }),
    withHeaders(sent, { 'mcp-protocol-version': ' 2025-11-25 ' }),
    withHeaders(sent, { 'mcp-protocol-version': '2025-06-18' }),
    withHeaders(sent, { accept: 'application/json' }),
    withHeaders(sent, { accept: 'text/event-stream' }),
    withHeaders(sent, { accept: 'text/html' }),
    withHeaders(sent, { 'content-type': 'application/json; charset=utf-8' }),
    withHeaders(sent, { 'content-type': 'text/plain' }),
    withHeaders(sent, { origin: 'https://app.example.com' }),
    withHeaders(sent, { authorization: '' }),
  ];
}

const started = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: info };

/** Other methods than calls of tools. */
const others: readonly (readonly [string, Params])[] = [
  ['initialize', started],
  ['initialize', {}],
  ['ping', {}],
  ['server/discover', {}],
  ['tools/list', {}],
  ['tools/list', { cursor: 'x' }],
  ['resources/list', {}],
  ['resources/read', { uri: 'none://x' }],
  ['resources/read', {}],
  ['prompts/get', { name: 'none' }],
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'x' }, argument: { name: 'a', value: '' } }],
  ['logging/setLevel', { level: 'debug' }],
  ['no/such', {}],
];

export const corpus: readonly Sent[] = [modern, legacy].flatMap((of) => [
  ...calls.map((params) => of('tools/call', params)),
  ...oddForms(of('tools/call', call('echo', { word: 'hello' }))),
  ...others.map(([method, params]) => of(method, params)),
]);
