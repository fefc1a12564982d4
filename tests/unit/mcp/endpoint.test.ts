import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/exposure';
import { NotFound } from '#platform/errors';
import { bearerToken, Unauthenticated } from '#platform/identity/authenticator';
import { tenantId } from '#platform/identity/tenant';
import { type AnyTool, defineTool, readOnly } from '#platform/mcp/definitions/tool';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint } from '#platform/mcp/endpoint';
import { maxBodyBytes } from '#platform/mcp/http/body';
import { toolSurface } from '#platform/mcp/tool-surface';
import { createLogger } from '#platform/telemetry/log';

const lines: string[] = [];
const refusals: string[] = [];
const signingKey = 'k'.repeat(32);
const audited: string[] = [];
const trail = new AuditTrail(
  { write: async (entries) => void audited.push(...entries.map(({ correlationId }) => correlationId)) },
  () => {},
);
const logger = createLogger(
  'debug',
  () => new Date(0),
  (line) => lines.push(line),
);

function tool(name: string, handler: () => Promise<{ said: string }>): AnyTool {
  return defineTool({
    name,
    title: name,
    description: `${name}.`,
    permission: name === 'guarded' ? 'security.write' : 'customers.read',
    input: z.strictObject({ word: z.string().optional() }),
    output: z.object({ said: z.string() }),
    annotations: readOnly,
    handler,
    summary: ({ said }) => said,
  });
}

const endpoint = createEndpoint({
  surface: toolSurface({
    endpoint: 'mcp',
    info: { name: 'test', version: '1' },
    instructions: 'Test.',
    tools: offeredAt('mcp', [
      tool('greet', async () => ({ said: 'hello', secret: 'not declared' }) as { said: string }),
      tool('guarded', async () => ({ said: 'opened' })),
      tool('missing', async () => {
        throw new NotFound('There is no such thing; look elsewhere.');
      }),
      tool('broken', async () => {
        throw new Error('password=hunter2 at row 7');
      }),
    ]),
    resources: () => ({}) as never,
    policy: { confirmPaymentsAbove: 100, confirmPaymentsWithinHours: 24 },
    trail,
    signingKey,
    states: confirmationStates(signingKey),
    now: () => new Date(0),
    logger,
  }),
  authenticate: async (request) => {
    if (bearerToken(request) === undefined) {
      throw new Unauthenticated('Send a token.', { tokenSent: false });
    }
    return {
      tenant: tenantId('contoso'),
      user: 'tid:oid',
      application: 'test',
      roles: ['query'],
      permissions: new Set(['customers.read'] as const),
      expiresAt: Number.MAX_SAFE_INTEGER,
    };
  },
  allowedHosts: ['localhost'],
  allowedOrigins: ['app.example.com'],
  fromGateway: () => true,
  resourceMetadata: 'http://localhost/.well-known/oauth-protected-resource/mcp',
  scope: undefined,
  refused: ({ reason }) => refusals.push(reason),
  logger,
});

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

function send({ method = 'POST', headers = {}, body }: Sent): Promise<Response> {
  return endpoint(
    new Request('http://localhost/mcp', {
      method,
      headers: {
        host: 'localhost',
        authorization: 'Bearer any',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      ...(body !== undefined && { body }),
    }),
  );
}

/** What the assertions below look at. */
interface Message {
  readonly error?: unknown;
  readonly result: {
    readonly content: [{ readonly text: string }];
    readonly structuredContent?: unknown;
    readonly tools: readonly { readonly name: string }[];
    readonly capabilities: unknown;
  };
}

/** One message of the 2026-07-28 era. */
async function modern(method: string, params: { name?: string; [key: string]: unknown } = {}) {
  const response = await send({
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(params.name !== undefined && { 'mcp-name': params.name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: envelope } }),
  });
  return { response, message: (await response.json()) as Message };
}

describe('the endpoint', () => {
  it('answers a call with the readable sentence, the data and the structured content', async () => {
    const { message } = await modern('tools/call', { name: 'greet', arguments: {} });
    expect(message.result.structuredContent).toEqual({ said: 'hello' });
    expect(message.result.content).toEqual([
      { type: 'text', text: 'hello' },
      { type: 'text', text: '{"said":"hello"}' },
    ]);
  });

  it('lists only what the caller may use, privately cacheable, in a fixed order', async () => {
    const { message } = await modern('tools/list');
    expect(message.result.tools.map((listed) => listed.name)).toEqual(['greet', 'missing', 'broken']);
    expect(message.result).toMatchObject({ ttlMs: 300_000, cacheScope: 'private' });
  });

  it('does not promise list changes', async () => {
    const { message } = await modern('server/discover');
    expect(message.result.capabilities).toEqual({ tools: { listChanged: false } });
  });

  it('answers 403 with what is missing when the caller lacks the permission', async () => {
    const { response, message } = await modern('tools/call', { name: 'guarded', arguments: {} });
    expect(response.status).toBe(403);
    expect(message.error).toEqual({
      code: -32003,
      message: 'guarded needs the permission security.write; ask your administrator for a role that has it.',
    });
  });

  it('does not send the caller to sign in for it', async () => {
    const { response } = await modern('tools/call', { name: 'guarded', arguments: {} });
    expect(response.headers.has('www-authenticate')).toBe(false);
  });

  it('answers 401 with a challenge that has no error when no token was sent', async () => {
    const response = await endpoint(
      new Request('http://localhost/mcp', { method: 'POST', headers: { host: 'localhost' }, body: '{}' }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).not.toMatch(/error/);
  });

  it('answers 401 to a header that holds two tokens', async () => {
    const response = await send({ headers: { authorization: 'Bearer one, Bearer two' }, body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
  });

  it('passes a business error on as one sentence', async () => {
    const { message } = await modern('tools/call', { name: 'missing', arguments: {} });
    expect(message.result).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'There is no such thing; look elsewhere.' }],
    });
    expect(message.result.structuredContent).toBeUndefined();
  });

  it('never passes an unexpected exception on, and logs it without its text', async () => {
    lines.length = 0;
    const { message } = await modern('tools/call', { name: 'broken', arguments: {} });
    const [{ text }] = message.result.content;
    const id = /id ([0-9a-f-]{36})/.exec(text)?.[1];
    expect(text).not.toMatch(/hunter2/);
    expect(lines.join('\n')).toContain(id);
    expect(lines.join('\n')).not.toMatch(/hunter2/);
  });

  it('names wrong fields without repeating values', async () => {
    const { message } = await modern('tools/call', { name: 'greet', arguments: { word: 7, 'x\u0000y': 1 } });
    const [{ text }] = message.result.content;
    expect(text).toMatch(/^Invalid arguments for greet: word: /);
    expect(text).not.toContain('\u0000');
  });

  it('answers an unknown tool with invalid params, and tells the audit trail', async () => {
    refusals.length = 0;
    const { message } = await modern('tools/call', { name: 'nothing', arguments: {} });
    expect(message.error).toMatchObject({ code: -32602 });
    expect(refusals).toEqual(['unknown_tool']);
  });

  it('gives a call one id: in the answer, in the log, in the audit trail', async () => {
    lines.length = 0;
    audited.length = 0;
    const { response } = await modern('tools/call', { name: 'greet', arguments: {} });
    const id = response.headers.get('x-correlation-id');
    await trail.flush();
    expect(lines.map((line) => JSON.parse(line).correlationId)).toContain(id);
    expect(audited).toContain(id);
  });

  it('does so in the 2025 era too', async () => {
    lines.length = 0;
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'greet', arguments: {} },
    });
    const response = await send({ headers: { 'mcp-protocol-version': '2025-11-25' }, body });
    await response.text();
    expect(lines.join('\n')).toContain(response.headers.get('x-correlation-id'));
  });
});

describe('requests that are not what they should be', () => {
  it.each(['GET', 'DELETE', 'PUT'])('%s is 405 with the allowed methods', async (method) => {
    const response = await send({ method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  });

  it.each([
    ['another media type', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
    ['broken JSON', { body: '{"jsonrpc":' }, 400],
    ['a batch', { body: '[{"jsonrpc":"2.0","id":1,"method":"ping"}]' }, 400],
    ['a bare text', { body: '"hello"' }, 400],
    ['a body over the limit', { body: JSON.stringify({ pad: 'x'.repeat(maxBodyBytes) }) }, 413],
    ['a foreign Host', { headers: { host: 'evil.example' }, body: '{}' }, 403],
    ['a foreign Origin', { headers: { origin: 'https://evil.example' }, body: '{}' }, 403],
    ['an opaque Origin', { headers: { origin: 'null' }, body: '{}' }, 403],
  ])('%s', async (_what, sent, status) => {
    const response = await send(sent);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
  });
});

describe('browser clients', () => {
  const origin = 'https://app.example.com';

  it('get the answer to their preflight', async () => {
    const response = await send({ method: 'OPTIONS', headers: { origin } });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/Mcp-Method/);
  });

  it('can read challenges', async () => {
    const response = await send({ headers: { origin, authorization: 'Basic eA==' }, body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-expose-headers')).toMatch(/WWW-Authenticate/);
  });
});
