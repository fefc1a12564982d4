import fc from 'fast-check';

export const eras = ['2026-07-28', '2025-11-25'] as const;
export type Era = (typeof eras)[number];

/** A value and how to reach it. */
type Members = Record<string, unknown>;

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

/** Every member in a value. */
function membersIn(value: Members): (readonly string[])[] {
  return objectsIn(value).flatMap((way) =>
    Object.keys(at(value, way) as Members).map((name) => [...way, name]),
  );
}

export function at(value: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>((inner, name) => (inner as Members | undefined)?.[name], value);
}

const wrong = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    42,
    1.5,
    2 ** 53,
    '',
    'x',
    '__proto__',
    [],
    [null],
    {},
    { a: { b: null } },
    [[]],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

/** Right parameters in which up to three members are wrong or missing; sometimes nothing is left of them. */
export function wrongParams(right: Members): fc.Arbitrary<unknown> {
  const ways = membersIn(right);
  const change = fc.record({
    way: fc.constantFrom(...(ways.length > 0 ? ways : [['_meta']])),
    value: wrong,
    gone: fc.boolean(),
  });
  const changed = fc.array(change, { minLength: 0, maxLength: 3 }).map((changes) => {
    const params = structuredClone(right);
    for (const { way, value, gone } of changes) {
      const parent = at(params, way.slice(0, -1));
      if (typeof parent !== 'object' || parent === null) {
        continue;
      }
      const name = way.at(-1) ?? '';
      if (gone) {
        Reflect.deleteProperty(parent, name);
      } else {
        (parent as Members)[name] = structuredClone(value);
      }
    }
    return params as unknown;
  });
  const extra = fc.tuple(fc.constantFrom('cursor', 'task', 'requestState', 'inputResponses', 'extra'), wrong);
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 2, arbitrary: extra.map(([name, value]) => ({ ...structuredClone(right), [name]: value })) },
    { weight: 1, arbitrary: wrong },
  );
}
