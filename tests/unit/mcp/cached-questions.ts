import type { Permission } from '#contoso/access/permissions';
import { tenantId } from '#platform/identity/tenant';
import type { Question } from '#platform/mcp/response-cache';

export const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

export interface Asked {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>> | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly permissions?: readonly Permission[];
  readonly tenant?: string;
  readonly profile?: object;
}

export function question({
  id = 1,
  method = 'tools/list',
  params = { _meta: meta },
  ...more
}: Asked): Question {
  const {
    headers = {},
    permissions = ['customers.read', 'billing.read'],
    tenant = 'contoso',
    profile,
  } = more;
  return {
    request: new Request('http://localhost/mcp', { method: 'POST', headers }),
    body: { jsonrpc: '2.0', id, method, params },
    principal: {
      tenant: tenantId(tenant),
      user: 'tid:oid',
      application: 'test',
      actor: 'person',
      roles: [],
      permissions: new Set(permissions),
      expiresAt: Number.MAX_SAFE_INTEGER,
    },
    profile,
  };
}

export const message = (id: unknown) => ({ result: { tools: ['an “ä” and a\nline'] }, jsonrpc: '2.0', id });

export const others: readonly [string, Asked][] = [
  ['other permissions', { permissions: ['customers.read'] }],
  ['no permissions', { permissions: [] }],
  ['another tenant', { tenant: 'fabrikam' }],
  ['another method', { method: 'prompts/list' }],
  ['a page', { params: { _meta: meta, cursor: 'next' } }],
  ['other capabilities', { params: { _meta: { ...meta, [Object.keys(meta)[1] ?? '']: { roots: {} } } } }],
  ['another revision in a header', { headers: { 'mcp-protocol-version': '2025-11-25' } }],
  ['a header that contradicts the message', { headers: { 'mcp-method': 'tools/call' } }],
  ['a header that names something', { headers: { 'mcp-name': 'get_products' } }],
  ['another kind of message', { headers: { 'content-type': 'application/json; charset=utf-8' } }],
  ['another kind of answer', { headers: { accept: 'text/plain' } }],
  ['another client of a former revision', { profile: { protocolVersion: '2025-06-18' } }],
];

export const neverKept: readonly [string, Asked][] = [
  ['a call', { method: 'tools/call', params: { name: 'get_products', _meta: meta } }],
  ['a list that depends on the data', { method: 'resources/list' }],
  ['a message that belongs to a trace', { params: { _meta: { ...meta, traceparent: '00-1-2-01' } } }],
  ['a message that wants progress', { params: { _meta: { ...meta, progressToken: 1 } } }],
  ['a message without an id', { id: null }],
  ['a message with an id that is none', { id: 1.5 }],
  ['a message with an id that is no safe integer', { id: 2 ** 53 }],
  ['a message of unusual length', { params: { _meta: meta, cursor: 'x'.repeat(5_000) } }],
];

export const failures: readonly [string, () => Response][] = [
  ['a refusal', () => Response.json(message(1), { status: 400 })],
  ['an error in the answer', () => Response.json({ jsonrpc: '2.0', id: 1, error: { code: -32602 } })],
  ['something that is no message', () => new Response('{"broken')],
  ['several events', () => new Response(`data: {"result":1}\n\n`.repeat(2))],
];
