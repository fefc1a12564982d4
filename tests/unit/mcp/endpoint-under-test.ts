import * as z from 'zod';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/offer';
import { switchesOf } from '#platform/access/switches';
import { NotFound } from '#platform/errors';
import { bearerToken, Unauthenticated } from '#platform/identity/authenticator';
import { tenantId } from '#platform/identity/tenant';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { type AnyTool, defineTool, readOnly } from '#platform/mcp/definitions/tool';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint, type Endpoint, type Refusal } from '#platform/mcp/endpoint';
import type { Surface } from '#platform/mcp/surface';
import { toolSurface } from '#platform/mcp/tool-surface';
import { createLogger, type Logger } from '#platform/telemetry/log';

export const lines: string[] = [];
export const refusals: string[] = [];
const signingKey = 'k'.repeat(32);
export const audited: string[] = [];
export const trail = new AuditTrail(
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
    labels: unlabelled,
    handler,
    summary: ({ said }) => said,
  });
}

/** Nothing is off; how often that was asked. */
export const switches = {
  asked: 0,
  async current() {
    this.asked += 1;
    return switchesOf(1, [], true);
  },
};

/** An endpoint whose caller may read customers, and nothing else. */
export function endpointOver(
  surface: Surface,
  logger: Logger,
  refused: (refusal: Pick<Refusal, 'tool' | 'reason'>) => void,
): Endpoint {
  return createEndpoint({
    surface,
    authenticate: async (request) => {
      if (bearerToken(request) === undefined) {
        throw new Unauthenticated('Send a token.', { tokenSent: false });
      }
      return {
        tenant: tenantId('contoso'),
        user: 'tid:oid',
        application: 'test',
        actor: 'person',
        roles: ['query'],
        permissions: new Set(['customers.read'] as const),
        expiresAt: Number.MAX_SAFE_INTEGER,
      };
    },
    allowedHosts: ['localhost'],
    allowedOrigins: ['app.example.com'],
    fromGateway: () => true,
    switches,
    resourceMetadata: 'http://localhost/.well-known/oauth-protected-resource/mcp',
    scope: undefined,
    refused,
    logger,
  });
}

export const endpoint = endpointOver(
  toolSurface({
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
    signingKeys: [signingKey],
    states: confirmationStates([signingKey]),
    now: () => new Date(0),
    logger,
  }),
  logger,
  ({ reason }) => refusals.push(reason),
);
