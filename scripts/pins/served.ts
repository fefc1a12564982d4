import { UnsecuredJWT } from 'jose';
import type { contoso } from '#contoso/business';
import { createLogger } from '#platform/telemetry/log';
import { createApp } from '#shared/composition/create-app';
import { readSettings } from '#shared/settings';
import type { JsonObject } from './pin.ts';

/** The protocol eras that are served: stateless requests, and clients of 2025. */
export const eras = ['2026-07-28', '2025-11-25'] as const;
export type Era = (typeof eras)[number];

/** Addresses of the endpoints, by the names of their pins. */
export const endpoints = { mcp: '/mcp', agentic: '/agentic/mcp' } as const;
export type EndpointName = keyof typeof endpoints;

export interface Asked {
  readonly endpoint: EndpointName;
  readonly era: Era;
  readonly method: string;
  readonly params?: JsonObject;
  readonly roles: readonly string[];
  /** What the client declares with a stateless request. */
  readonly extensions?: JsonObject;
}

/** Asks the service as a client does; gives the result as it came. */
export type Ask = (asked: Asked) => Promise<JsonObject>;

/** Lists and prompts are asked for, which read no records: nothing listens at this address. */
const nowhere =
  'DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;TableEndpoint=http://127.0.0.1:9/none;';

/** The whole app of this process for a business, which has no data but what its `openStore` gives. */
export async function served(business: typeof contoso): Promise<Ask> {
  const settings = readSettings({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    DATA_STORAGE: nowhere,
    AzureWebJobsStorage: nowhere,
    AUTH_MODE: 'passthrough',
    TENANTS: JSON.stringify([
      { slug: 'pins', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Pins' },
    ]),
  });
  const silent = createLogger(
    'error',
    () => new Date(),
    () => {},
  );
  const app = await createApp({ business, settings, logger: silent, readSwitches: async () => [] });
  return async (asked) => {
    const response = await app[asked.endpoint](requestOf(asked));
    return resultOf(await response.text(), asked);
  };
}

function metaOf(extensions: JsonObject | undefined): JsonObject {
  return {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': extensions === undefined ? {} : { extensions },
  };
}

function requestOf({ endpoint, era, method, params = {}, roles, extensions }: Asked): Request {
  const modern = era === '2026-07-28';
  const token = new UnsecuredJWT({ oid: 'pins', roles: [...roles] }).encode();
  return new Request(`http://localhost${endpoints[endpoint]}`, {
    method: 'POST',
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
      'mcp-protocol-version': era,
      ...(modern && { 'mcp-method': method }),
      ...(modern && typeof params.name === 'string' && { 'mcp-name': params.name }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: { ...params, ...(modern && { _meta: metaOf(extensions) }) },
    }),
  });
}

/** @throws Error when the answer is no result */
function resultOf(text: string, { endpoint, era, method }: Asked): JsonObject {
  const events = [...text.matchAll(/^data: (\{.+)$/gm)].map(([, data]) => data);
  const { result } = JSON.parse(events.at(-1) ?? text) as { readonly result?: JsonObject };
  if (result === undefined) {
    throw new Error(`${endpoint} (${era}) does not answer ${method}: ${text}`);
  }
  return result;
}
