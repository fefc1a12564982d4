import type { IncomingMessage } from 'node:http';
import { policyTools } from '#emulators/gateway/compiler';
import { type Exchange, openExchange } from '#emulators/gateway/exchange';
import { buildPipeline } from '#emulators/gateway/pipeline';
import type { GatewayRuntime, TraceEvent } from '#emulators/gateway/step';
import { keysByAddress } from '#emulators/gateway/token/published-keys';
import type { PolicyBundle } from '#gateway/language/bundle';
import type { NamedValues } from '#gateway/language/named-values';
import { validate } from '#gateway/language/validate';
import { parseXml } from '#gateway/language/xml';

export interface Run {
  readonly exchange: Exchange;
  readonly traces: readonly TraceEvent[];
}

export interface Request {
  readonly method?: string;
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A policy document of these sections; a section that is not given holds nothing. */
export function policyXml(
  sections: Partial<Record<'inbound' | 'backend' | 'outbound' | 'on-error', string>>,
): string {
  const names = ['inbound', 'backend', 'outbound', 'on-error'] as const;
  return `<policies>${names.map((name) => `<${name}>${sections[name] ?? ''}</${name}>`).join('')}</policies>`;
}

/** Policies of one operation: global around API, and fragments by their ids. */
export interface Policies {
  readonly global: string;
  readonly api?: string;
  readonly fragments?: Readonly<Record<string, string>>;
  readonly values?: NamedValues;
}

export function bundleOf({ global, api, fragments = {} }: Policies): PolicyBundle {
  const files = [
    ['global.xml', global],
    ...(api === undefined ? [] : [['api.xml', api]]),
    ...Object.entries(fragments).map(([id, xml]) => [`fragments/${id}.xml`, xml]),
  ] as [string, string][];
  const operation = { id: 'get', method: 'GET', urlTemplate: '/mcp' } as const;
  return {
    description: {
      generated: '',
      policy: 'global.xml',
      backends: [],
      apis: [
        {
          id: 'api',
          displayName: 'API',
          path: 'api',
          subscriptionRequired: false,
          ...(api === undefined ? {} : { policy: 'api.xml' }),
          operations: [operation],
        },
      ],
    },
    documents: new Map(files.map(([file, xml]) => [file, parseXml(file, xml)])),
    sizes: new Map(files.map(([file, xml]) => [file, Buffer.byteLength(xml)])),
  };
}

/** Prepares policies; every call of what comes back is one request that they handle. */
export function prepare(
  policies: Policies,
  runtime: Partial<GatewayRuntime> = {},
): (request?: Request) => Promise<Run> {
  const bundle = bundleOf(policies);
  const values = policies.values ?? {};
  const traces: TraceEvent[] = [];
  validate(bundle, values);
  const tools = policyTools(bundle, values, {
    backends: new Map(),
    now: () => 0,
    keysAt: keysByAddress(0, () => 0),
    timeoutSignal: () => new AbortController().signal,
    stopped: new AbortController().signal,
    onTrace: (event) => traces.push(event),
    counts: new WeakMap(),
    ...runtime,
  });
  const files = policies.api === undefined ? ['global.xml'] : ['global.xml', 'api.xml'];
  const pipeline = buildPipeline(files, bundle, tools);
  return async (request = {}) => {
    const exchange = exchangeOf(request);
    await pipeline.run(exchange);
    return { exchange, traces };
  };
}

/** Runs one inbound section on one request. */
export function inbound(xml: string, request: Request = {}): Promise<Run> {
  return prepare({ global: policyXml({ inbound: xml }) })(request);
}

export function exchangeOf({
  method = 'GET',
  address = '/api/mcp',
  headers = {},
  parameters = {},
}: Request): Exchange {
  const rawHeaders = Object.entries(headers).flat();
  const incoming = {
    method,
    rawHeaders,
    socket: { remoteAddress: '203.0.113.7' },
  } as unknown as IncomingMessage;
  const url = new URL(address, 'http://gateway.example');
  return openExchange(incoming, {
    requestId: '01234567-89ab-cdef-0123-456789abcdef',
    api: { id: 'api', name: 'API', path: 'api' },
    operation: { id: 'get', method: 'GET', urlTemplate: '/mcp' },
    originalUrl: {
      scheme: 'http',
      host: url.hostname,
      port: 80,
      path: url.pathname,
      queryString: url.search,
    },
    path: url.pathname.replace('/api', ''),
    matchedParameters: new Map(Object.entries(parameters)),
    clientGone: new AbortController().signal,
  });
}
