import type { Jwt, PolicyContext, PolicyRequest, PolicyResponse } from './context.ts';
import {
  cast,
  ExpressionFailure,
  type Method,
  type Property,
  type TypeDefinition,
  type TypeName,
} from './types.ts';

type Lookup = ReadonlyMap<string, unknown>;

function property<Target>(type: TypeName, get: (target: Target) => unknown): Property {
  return { type, get };
}

function texts(type: 'string' | 'int', ...names: string[]): Record<string, Property> {
  const fieldOf = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`;
  return Object.fromEntries(
    names.map((name) => [name, property<Record<string, unknown>>(type, (target) => target[fieldOf(name)])]),
  );
}

function method(overloads: Method['overloads'], returns: Method['returns'], call: Method['call']): Method {
  return { overloads, returns, call };
}

const onText = (returns: TypeName, call: (text: string, ...rest: string[]) => unknown, count = 1): Method =>
  method([Array<TypeName>(count).fill('string')], returns, (text, rest) => call(text, ...rest));

/** C#'s Substring fails where JavaScript's would give less. */
function substring(text: string, [start, length]: readonly number[]): string {
  const from = start ?? 0;
  const end = length === undefined ? text.length : from + length;
  if (from < 0 || end < from || end > text.length) {
    throw new ExpressionFailure('Substring reaches beyond the text.');
  }
  return text.slice(from, end);
}

const string: TypeDefinition = {
  properties: { Length: property<string>('int', (text) => text.length) },
  methods: {
    Contains: onText('bool', (text, part) => text.includes(part ?? '')),
    StartsWith: onText('bool', (text, part) => text.startsWith(part ?? '')),
    EndsWith: onText('bool', (text, part) => text.endsWith(part ?? '')),
    IndexOf: onText('int', (text, part) => text.indexOf(part ?? '')),
    Replace: onText('string', (text, from, to) => text.replaceAll(from ?? '', to ?? ''), 2),
    Trim: onText('string', (text) => text.trim(), 0),
    ToLowerInvariant: onText('string', (text) => text.toLowerCase(), 0),
    ToUpperInvariant: onText('string', (text) => text.toUpperCase(), 0),
    ToString: onText('string', (text) => text, 0),
    Substring: method([['int'], ['int', 'int']], 'string', substring),
  },
};

const guid: TypeDefinition = {
  methods: {
    ToString: method([[], ['string']], 'string', (id: string, [format]) =>
      format === 'N' ? id.replaceAll('-', '') : id,
    ),
  },
};

/** The element at an index or under a key. @throws ExpressionFailure when there is none, as C# does */
function required(value: unknown): unknown {
  if (value === undefined) {
    throw new ExpressionFailure('There is no element of that name.');
  }
  return value;
}

const containsKey = method([['string']], 'bool', (map: Lookup | Headers, [key]) => map.has(key));

/** The two methods of a map of texts. @param get the text of a key */
function textLookup<Map>(get: (map: Map, key: string) => unknown): NonNullable<TypeDefinition['methods']> {
  return {
    ContainsKey: containsKey,
    GetValueOrDefault: method(
      [['string'], ['string', 'string']],
      'string',
      (map: Map, [key, otherwise]) => get(map, key) ?? otherwise ?? null,
    ),
  };
}

const headers: TypeDefinition = {
  methods: textLookup((all: Headers, name) => all.get(name)),
};

const variables: TypeDefinition = {
  indexer: { index: 'string', returns: 'object', get: (map: Lookup, [key]) => required(map.get(key)) },
  methods: {
    ContainsKey: containsKey,
    GetValueOrDefault: method([['string'], ['string', 'T']], 'T', (map: Lookup, [key, otherwise], type) =>
      map.has(key) ? cast(map.get(key), type ?? 'object') : (otherwise ?? defaultOf(type)),
    ),
  },
};

function defaultOf(type: TypeName | undefined): unknown {
  if (type === 'int') {
    return 0;
  }
  return type === 'bool' ? false : null;
}

const parameters: TypeDefinition = {
  indexer: { index: 'string', returns: 'string', get: (map: Lookup, [key]) => required(map.get(key)) },
  methods: textLookup((map: Lookup, key) => map.get(key)),
};

const claims: TypeDefinition = {
  indexer: { index: 'string', returns: 'string[]', get: (map: Lookup, [key]) => required(map.get(key)) },
  methods: textLookup((map: Jwt['claims'], key) => map.get(key)?.join(',')),
};

/** Every type that has members, with all of them: what is not here stops the start. */
export const library: Readonly<Partial<Record<TypeName, TypeDefinition>>> = {
  context: {
    properties: {
      Api: property<PolicyContext>('api', ({ api }) => api),
      Operation: property<PolicyContext>('operation', ({ operation }) => operation),
      Request: property<PolicyContext>('request', ({ request }) => request),
      RequestId: property<PolicyContext>('Guid', ({ requestId }) => requestId),
      Response: property<PolicyContext>('response', ({ response }) => response),
      Variables: property<PolicyContext>('variables', (context) => context.variables),
      LastError: property<PolicyContext>('error', ({ lastError }) => lastError ?? null),
    },
  },
  request: {
    properties: {
      ...texts('string', 'Method', 'IpAddress'),
      Url: property<PolicyRequest>('url', ({ url }) => url),
      OriginalUrl: property<PolicyRequest>('url', ({ originalUrl }) => originalUrl),
      Headers: property<PolicyRequest>('headers', (request) => request.headers),
      MatchedParameters: property<PolicyRequest>('parameters', ({ matchedParameters }) => matchedParameters),
    },
  },
  // `Body` is left out on purpose: reading it at any scope makes API Management hold streams back.
  response: {
    properties: {
      ...texts('int', 'StatusCode'),
      ...texts('string', 'StatusReason'),
      Headers: property<PolicyResponse>('headers', (response) => response.headers),
    },
  },
  url: {
    properties: { ...texts('string', 'Scheme', 'Host', 'Path', 'QueryString'), ...texts('int', 'Port') },
  },
  api: { properties: texts('string', 'Id', 'Name', 'Path') },
  operation: { properties: texts('string', 'Id', 'Method', 'UrlTemplate') },
  error: { properties: texts('string', 'Source', 'Reason', 'Message') },
  Jwt: {
    properties: {
      ...texts('string', 'Issuer', 'Subject'),
      Claims: property<Jwt>('claims', (jwt) => jwt.claims),
    },
  },
  JObject: { methods: { ToString: method([[]], 'string', (value) => JSON.stringify(value, null, 2)) } },
  JArray: { methods: { ToString: method([[]], 'string', (value) => JSON.stringify(value, null, 2)) } },
  int: { methods: { ToString: method([[]], 'string', String) } },
  bool: { methods: { ToString: method([[]], 'string', (value: boolean) => (value ? 'True' : 'False')) } },
  'string[]': {
    properties: { Length: property<string[]>('int', (list) => list.length) },
    indexer: { index: 'int', returns: 'string', get: (list: string[], [index]) => required(list[index]) },
    methods: {
      Contains: method([['string']], 'bool', (list: string[], [item]) => list.includes(item)),
    },
  },
  Guid: guid,
  string,
  headers,
  variables,
  parameters,
  claims,
};

function parseInteger(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw new ExpressionFailure(`"${text}" is not a whole number.`);
  }
  return Number(text);
}

/** Methods that are called on a type's name. */
export const staticMethods: Readonly<Record<string, Method>> = {
  'string.IsNullOrEmpty': method([['string']], 'bool', (_, [text]) => text === null || text === ''),
  'string.Join': method([['string', 'string[]']], 'string', (_, [separator, list]) => list.join(separator)),
  'Convert.ToInt32': method([['object'], ['string']], 'int', (_, [value]) => parseInteger(String(value))),
  'int.Parse': method([['string']], 'int', (_, [text]) => parseInteger(text)),
};
