import * as z from 'zod';
import { permissions } from '#contoso/access/permissions';
import { businessPrompts } from '#contoso/prompts/index';
import { businessTools } from '#contoso/tools/index';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/exposure';
import { tenantId } from '#platform/identity/tenant';
import type { ResourceFamily } from '#platform/mcp/definitions/resource';
import { type AnyTool, defineTool, readOnly } from '#platform/mcp/definitions/tool';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint, type Endpoint } from '#platform/mcp/endpoint';
import type { TaskSource } from '#platform/mcp/tasks/ports';
import { tasksExtension } from '#platform/mcp/tasks/tasks-extension';
import { toolSurface } from '#platform/mcp/tool-surface';
import type { SessionMailbox } from '#platform/storage/session-mailbox';
import { createLogger } from '#platform/telemetry/log';
import type { Era } from './messages.ts';

const signingKey = 'k'.repeat(32);
const info = { name: 'wire-test', version: '1' };
const now = () => new Date();
const logger = createLogger('error', now, () => {});

const greet = defineTool({
  name: 'greet',
  title: 'Greet',
  description: 'Greets.',
  permission: 'customers.read',
  input: z.strictObject({ word: z.string().optional(), loud: z.boolean().nullable().optional() }),
  output: z.object({ said: z.string() }),
  annotations: readOnly,
  handler: async (input) => ({ said: JSON.stringify(input) }),
  summary: ({ said }) => said,
});

const family: ResourceFamily = {
  name: 'knowledge',
  title: 'Documents',
  description: 'Documents.',
  scheme: 'knowledge',
  variable: 'slug',
  mimeType: 'text/markdown',
  permission: 'knowledge.read',
  list: async () => [{ key: 'refund-policy', title: 'Refunds', description: 'Refunds.' }],
  read: async () => 'All about refunds.',
};

const noTasks: TaskSource = {
  get: async () => undefined,
  cancel: async () => undefined,
  list: async () => [],
  watch: async function* () {},
};

/** Tells every request that it is not known, and every sender that somebody was told. */
const mailbox: SessionMailbox = {
  open: async () => {},
  close: async () => {},
  post: async () => true,
  cancel: async () => true,
  take: async () => ({ messages: [], cancelled: false }),
  revoke: async () => {},
  isRevoked: async () => false,
  cleanUp: async () => 0,
};

/**
 * Everything that an endpoint can serve, without storage.
 * @param calls gets what reaches the tools of the business; without it there are none of them
 * @param recorded the tools of the business
 */
export function wireEndpoint(calls?: unknown[], recorded: readonly AnyTool[] = businessTools): Endpoint {
  const recording = ({ isRepetition: _none, ...tool }: AnyTool): AnyTool => ({
    ...tool,
    // asks for nothing, and takes the code of those that ask
    ...(tool.confirmation && { confirmation: async () => undefined }),
    output: z.object({}),
    handler: async (input) => {
      calls?.push(input);
      return {};
    },
    summary: () => 'Done.',
  });
  return createEndpoint({
    surface: toolSurface({
      endpoint: 'mcp',
      info,
      instructions: 'Test.',
      tools: offeredAt('mcp', [greet, ...(calls === undefined ? [] : recorded.map(recording))]),
      families: offeredAt('mcp', [family]),
      prompts: offeredAt('mcp', businessPrompts),
      extensions: [
        tasksExtension({
          info,
          logger,
          now,
          source: noTasks,
          tools: [],
          offers: [],
          endpoint: 'mcp',
          clock: { longestMs: 50, heartbeatMs: 50 },
        }),
      ],
      resources: () =>
        ({
          store: {
            directory: { page: async () => ({ customers: [] }), search: async () => ({ customers: [] }) },
          },
        }) as never,
      policy: { confirmPaymentsAbove: 100, confirmPaymentsWithinHours: 24 },
      trail: new AuditTrail({ write: async () => {} }, () => {}),
      signingKey,
      states: confirmationStates(signingKey),
      now,
      logger,
    }),
    sessions: { signingKey, mailboxOf: () => mailbox, now },
    authenticate: async () => ({
      tenant: tenantId('contoso'),
      user: 'tid:oid',
      application: 'test',
      roles: ['security'],
      permissions: new Set(permissions),
      expiresAt: Number.MAX_SAFE_INTEGER,
    }),
    allowedHosts: ['localhost'],
    allowedOrigins: [],
    fromGateway: () => true,
    resourceMetadata: 'http://localhost/.well-known/oauth-protected-resource/mcp',
    scope: undefined,
    refused: () => {},
    logger,
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly message: {
    readonly id?: unknown;
    readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
    readonly result?: Readonly<Record<string, unknown>>;
  };
}

/** Sends a message as a client of the era does; a session is that of an `initialize` before. */
export async function send(
  endpoint: Endpoint,
  era: Era,
  message: { readonly method?: unknown; readonly params?: unknown; readonly [more: string]: unknown },
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { name, uri, taskId } = Object(message.params) as Record<string, unknown>;
  const target = [name, uri, taskId].find((value) => typeof value === 'string') as string | undefined;
  const modern = era === '2026-07-28';
  const leaving = new AbortController();
  const response = await endpoint(
    new Request('http://localhost/mcp', {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        host: 'localhost',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(message.method !== 'initialize' && { 'mcp-protocol-version': era }),
        ...(modern && { 'mcp-method': String(message.method) }),
        ...(modern && target !== undefined && { 'mcp-name': encoded(target) }),
        ...more,
      },
      body: JSON.stringify(message),
    }),
  );
  const text = await textOf(response, message.method === 'subscriptions/listen');
  leaving.abort();
  const json = text.startsWith('{') ? text : ([...text.matchAll(/^data: (.+)$/gm)].at(-1)?.[1] ?? text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    message: json === '' ? {} : JSON.parse(json),
  };
}

/** Names that do not fit into a header (MCP 2026-07-28, transports, value encoding). */
function encoded(name: string): string {
  return /^[!-~]([ -~]*[!-~])?$/.test(name) && !name.startsWith('=?')
    ? name
    : `=?base64?${Buffer.from(name).toString('base64')}?=`;
}

/** The whole body, or of a stream without an end what comes first. */
async function textOf(response: Response, endless: boolean): Promise<string> {
  if (!endless || response.body === null) {
    return response.text();
  }
  const reader = response.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return Buffer.from(value ?? []).toString();
}

/** Begins a session; its header. */
export async function newSession(
  endpoint: Endpoint,
  protocolVersion = '2025-11-25',
): Promise<Record<string, string>> {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  const { headers } = await send(endpoint, '2025-11-25', {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params,
  });
  return { 'mcp-session-id': headers.get('mcp-session-id') ?? '' };
}
