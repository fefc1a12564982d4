import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startIdentityProvider } from '../../emulators/identity/provider.ts';
import { type Backend, startBackend } from '../integration/gateway/backend.ts';
import {
  type EdgeUnderTest,
  type Surroundings,
  startSurroundings,
  startVariant,
} from '../integration/gateway/world.ts';
import { type Service, startService, tokenFor } from '../support/service.ts';

let service: Service;
let surroundings: Surroundings;
let edge: EdgeUnderTest;
let identity: Awaited<ReturnType<typeof startIdentityProvider>>;
/** Where no request may arrive. */
let elsewhere: Backend;

beforeAll(async () => {
  elsewhere = await startBackend((_request, response) => response.end('from elsewhere'));
  service = await startService();
  surroundings = await startSurroundings();
  edge = await startVariant(surroundings);
  identity = await startIdentityProvider();
});

afterAll(async () => {
  await identity?.stop();
  await edge?.stop();
  await surroundings?.stop();
  await service?.stop();
  await elsewhere?.stop();
});

interface Raw {
  readonly origin: string;
  readonly target: string;
  readonly method?: string;
  readonly token?: string;
  readonly body?: string;
}

/** One request whose target is sent as it is written here. */
async function ask({ origin, target, method = 'GET', token, body = '' }: Raw) {
  const { hostname, port } = new URL(origin);
  const headers = {
    'x-case': 'absolute',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-11-25',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const request = http.request({ hostname, port, path: target, method, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let text = '';
  for await (const part of response) {
    text += part;
  }
  return { status: response.statusCode, text };
}

const forms = [
  ['in absolute form', () => elsewhere.origin],
  ['after two slashes', () => elsewhere.origin.replace('http:', '')],
] as const;

it('the local host serves a target in absolute form itself', async () => {
  const ping = { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' }) };
  const token = tokenFor(service.tenants[0], ['query']);
  const { origin } = service.host;
  const answer = await ask({ origin, target: `${elsewhere.origin}/mcp`, token, ...ping });
  expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('"id":7') });
  expect(elsewhere.arrivals('absolute')).toEqual([]);
});

it('the gateway sends a target in absolute form to its own backend', async () => {
  const token = await surroundings.authority.token('contoso');
  const target = `${elsewhere.origin}/contoso-mcp/mcp`;
  const answer = await ask({ origin: edge.origin, target, token, method: 'POST', body: '{}' });
  expect(answer).toEqual({ status: 200, text: 'from the backend' });
  expect(elsewhere.arrivals('absolute')).toEqual([]);
});

it.each(forms)('no server leads elsewhere with a target %s', async (_form, address) => {
  for (const origin of [service.host.origin, edge.origin, identity.origin]) {
    const { text } = await ask({ origin, target: `${address()}/health/live` });
    expect(text).not.toContain('elsewhere');
  }
  expect(elsewhere.arrivals('absolute')).toEqual([]);
});
