import * as z from 'zod';
import { permissions } from '#contoso/access/permissions';
import { businessPrompts } from '#contoso/prompts/index';
import { businessTools } from '#contoso/tools/index';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/offer';
import { tenantId } from '#platform/identity/tenant';
import { unlabelled } from '#platform/mcp/definitions/labels';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint, type Endpoint } from '#platform/mcp/endpoint';
import { tasksExtension } from '#platform/mcp/tasks/tasks-extension';
import { toolSurface } from '#platform/mcp/tool-surface';
import { createLogger } from '#platform/telemetry/log';

import { family, greet, mailbox, noTasks } from './stand-ins.ts';

const signingKey = 'k'.repeat(32);
const info = { name: 'wire-test', version: '1' };
const now = () => new Date();
const logger = createLogger('error', now, () => {});

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
    labels: unlabelled,
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
          clock: { longestMs: 50 },
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
      signingKeys: [signingKey],
      states: confirmationStates([signingKey]),
      now,
      logger,
    }),
    sessions: { signingKeys: [signingKey], mailboxOf: () => mailbox, now },
    authenticate: async () => ({
      tenant: tenantId('contoso'),
      user: 'tid:oid',
      application: 'test',
      actor: 'person',
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
