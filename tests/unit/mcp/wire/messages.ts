export const eras = ['2026-07-28', '2025-11-25'] as const;
export type Era = (typeof eras)[number];

/** A value and how to reach it. */
export type Members = Record<string, unknown>;

/** Right parameters of every method that either endpoint serves, in both eras. */
export const rightParams: Readonly<Record<string, Members>> = {
  initialize: {
    protocolVersion: '2025-11-25',
    capabilities: { elicitation: { form: {} }, roots: { listChanged: true }, sampling: {}, experimental: {} },
    clientInfo: { name: 'fuzz', version: '1', title: 'Fuzz', websiteUrl: 'https://example.com', icons: [] },
  },
  ping: {},
  'server/discover': {},
  'tools/list': {},
  'tools/call': { name: 'greet', arguments: { word: 'hello' } },
  'prompts/list': {},
  'prompts/get': { name: 'explain_invoice', arguments: { customer_id: '1' } },
  'resources/list': {},
  'resources/templates/list': {},
  'resources/read': { uri: 'knowledge://refund-policy' },
  'resources/subscribe': { uri: 'knowledge://refund-policy' },
  'completion/complete': {
    ref: { type: 'ref/prompt', name: 'explain_invoice' },
    argument: { name: 'customer_id', value: '1' },
    context: { arguments: { customer_id: '1' } },
  },
  'logging/setLevel': { level: 'info' },
  'tasks/get': { taskId: 'none' },
  'tasks/result': { taskId: 'none' },
  'tasks/cancel': { taskId: 'none' },
  'tasks/update': { taskId: 'none', inputResponses: {} },
  'tasks/list': {},
  'subscriptions/listen': { notifications: { toolsListChanged: true, taskIds: ['none'] } },
  'no/such/method': {},
  'notifications/initialized': {},
  'notifications/cancelled': { requestId: 'none', reason: 'because' },
  'notifications/progress': { progressToken: 'none', progress: 1, total: 2, message: 'half' },
};

/** `_meta` as clients of the era send it, with everything that it may hold. */
export function metaOf(era: Era): Members {
  const common = {
    progressToken: 'token',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
  if (era === '2025-11-25') {
    return common;
  }
  return {
    ...common,
    'io.modelcontextprotocol/protocolVersion': era,
    'io.modelcontextprotocol/clientInfo': { name: 'fuzz', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {
      elicitation: { form: {} },
      extensions: { 'io.modelcontextprotocol/tasks': {} },
    },
    'io.modelcontextprotocol/logLevel': 'info',
  };
}

/** Every object in a value, itself included, as a way through it. */
export function objectsIn(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const below = Object.entries(value).flatMap(([name, member]) => objectsIn(member, [...way, name]));
  return Array.isArray(value) ? below : [way, ...below];
}

export function at(value: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>((inner, name) => (inner as Members | undefined)?.[name], value);
}
