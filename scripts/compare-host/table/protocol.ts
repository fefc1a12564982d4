import type { RequestRow } from '../row.ts';
import { allowed, bare, former, modern, one, post } from './asking.ts';

const initialize = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'compare-host', version: '1' },
};
const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
const endpoints = ['/mcp', '/agentic/mcp'] as const;
const withoutHead = ['GET', 'PUT', 'PATCH', 'DELETE'] as const;
const customer = { name: 'get_customer_detail', arguments: { customer_id: 251 } };
const plain = ['Content-Type: text/plain', 'Accept: application/json, text/event-stream'];

/** What a client of the protocol sends, rightly and wrongly. */
export const protocolRows: readonly RequestRow[] = [
  ...endpoints.map((target) =>
    one(`POST ${target} without a token`, former(target, 'tools/list'), {
      note: 'with the address of the metadata',
    }),
  ),
  ...endpoints.map((target) =>
    allowed(`initialize of 2025 at ${target}`, former(target, 'initialize', initialize)),
  ),
  allowed('ping of 2025', former('/mcp', 'ping')),
  allowed('tools/list of 2025', former('/mcp', 'tools/list')),
  // what a customer's record says is each host's own
  allowed('tools/call of 2025', former('/mcp', 'tools/call', customer), { compares: ['status', 'headers'] }),
  allowed('server/discover of 2026', modern('/mcp', 'server/discover')),
  allowed('tools/list of 2026', modern('/mcp', 'tools/list')),
  allowed('tools/list of 2026 at /agentic/mcp', modern('/agentic/mcp', 'tools/list')),
  allowed('tools/call of 2026', modern('/mcp', 'tools/call', customer), { compares: ['status', 'headers'] }),
  allowed('tools/call of a tool that does not exist', modern('/mcp', 'tools/call', { name: 'no_such_tool' })),
  allowed('a method of JSON-RPC that does not exist', former('/mcp', 'no/such/method')),
  ...withoutHead.map((method) => allowed(`${method} /mcp`, bare(`${method} /mcp`))),
  allowed('HEAD /mcp', bare('HEAD /mcp')),
  one('OPTIONS /mcp', bare('OPTIONS /mcp')),
  one(
    'OPTIONS /mcp of a browser on a foreign page',
    bare('OPTIONS /mcp', 'Origin: https://elsewhere.example', 'Access-Control-Request-Method: POST'),
  ),
  allowed('a foreign Origin', post('/mcp', ping, 'Origin: https://elsewhere.example')),
  allowed('a foreign Host', {
    lines: ['POST /mcp HTTP/1.1', 'Host: elsewhere.example', 'Content-Type: application/json', 'Accept: */*'],
    body: ping,
  }),
  allowed('Content-Type: text/plain', {
    lines: ['POST /mcp HTTP/1.1', 'Host: {host}', ...plain],
    body: ping,
  }),
  allowed('no Content-Type', {
    lines: ['POST /mcp HTTP/1.1', 'Host: {host}', 'Accept: application/json, text/event-stream'],
    body: ping,
  }),
  allowed('Accept: text/html', {
    lines: ['POST /mcp HTTP/1.1', 'Host: {host}', 'Content-Type: application/json', 'Accept: text/html'],
    body: ping,
  }),
  allowed('a body that is not JSON', post('/mcp', '{"jsonrpc":')),
  allowed('an empty body', post('/mcp', '')),
  allowed('a batch', post('/mcp', `[${ping},${ping}]`)),
  ...['mcp', 'agentic/mcp'].map((resource) =>
    one(`metadata of /${resource}`, bare(`GET /.well-known/oauth-protected-resource/${resource}`)),
  ),
  one('metadata at its former address', bare('GET /mcp/.well-known/oauth-protected-resource')),
];
