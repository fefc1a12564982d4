import { permissionTable } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import { cards } from '#contoso/cards/index';
import { businessPrompts } from '#contoso/prompts/index';
import { businessResources } from '#contoso/resources/index';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { businessTools } from '#contoso/tools/index';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/offer';
import { openRoles } from '#platform/access/roles';
import { passthroughAuth } from '#platform/identity/development';
import type { TenantId } from '#platform/identity/tenant';
import { cardsExtension } from '#platform/mcp/cards/cards-extension';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint, type Endpoint } from '#platform/mcp/endpoint';
import { toolSurface } from '#platform/mcp/tool-surface';
import { offersOf } from '#platform/offers';
import { type AuditQuery, auditStore } from '#platform/storage/audit-store';
import { type SessionMailbox, sessionMailbox } from '#platform/storage/session-mailbox';
import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '#seed/writing/bulk';
import { openTenants } from '#shared/composition/tenant-resources';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset } from '../../support/small-dataset.ts';

import { directory, signingKey } from './instance-requests.ts';

/** Two instances of the service that have storage and a key in common and nothing else, with the small company. */
export interface Instances {
  readonly tenant: TenantId;
  readonly mailbox: SessionMailbox;
  /** Every request goes to the other instance than the request before. */
  readonly alternate: Endpoint;
  readonly one: Endpoint;
  readonly other: Endpoint;
  /** Moves the clock of both instances. */
  advance(milliseconds: number): void;
  audited(): Promise<string[]>;
}

export interface InstancesOptions {
  readonly extraTools?: readonly AnyTool[];
  /** How long clients of 2025 may take to answer a question, in milliseconds. */
  readonly thinkingTimeMs?: number;
}

export async function startInstances({
  extraTools = [],
  thinkingTimeMs,
}: InstancesOptions = {}): Promise<Instances> {
  const storage = await testStorage();
  const tenant = freshTenant();
  await bulkWrite(storage, tenant, smallDataset);
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const store = auditStore(storage);
  const trails: AuditTrail[] = [];
  const instance = () => {
    const trail = new AuditTrail(store, () => {});
    trails.push(trail);
    const logger = createLogger('error', now, () => {});
    return createEndpoint({
      surface: toolSurface({
        endpoint: 'mcp',
        info: { name: 'test', version: '1' },
        instructions: 'Test.',
        tools: offeredAt('mcp', [...businessTools, ...extraTools]),
        thinkingTimeMs,
        families: offeredAt('mcp', businessResources),
        prompts: offeredAt('mcp', businessPrompts),
        extensions: [cardsExtension(cards)],
        skills: offersOf({ ...contoso, askTools: [], jobTools: [], jobReaders: [] }).skills,
        resources: openTenants({ openStore: openTenantStore, storage, embeddings: undefined, now, logger })
          .of,
        policy: { confirmPaymentsAbove: 100, confirmPaymentsWithinHours: 24 },
        trail,
        signingKeys: [signingKey],
        states: confirmationStates([signingKey]),
        now,
        logger,
      }),
      sessions: { signingKeys: [signingKey], mailboxOf: (slug) => sessionMailbox(storage, slug), now },
      authenticate: passthroughAuth({
        tenants: [{ slug: tenant, tenantIds: [directory] }],
        roles: openRoles(permissionTable),
        defaultRoles: ['query'],
      }),
      allowedHosts: ['localhost'],
      allowedOrigins: [],
      resourceMetadata: 'http://localhost/.well-known/oauth-protected-resource/mcp',
      scope: undefined,
      fromGateway: () => true,
      refused: () => {},
      logger,
    });
  };
  const [one, other] = [instance(), instance()];
  let requests = 0;
  return {
    tenant,
    mailbox: sessionMailbox(storage, tenant),
    one,
    other,
    alternate: (request) => (requests++ % 2 === 0 ? one : other)(request),
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    audited: async () => {
      await Promise.all(trails.map((trail) => trail.flush()));
      const query: AuditQuery = { tenant, since: new Date(Date.now() - 3_600_000), now: now() };
      const lines: string[] = [];
      for await (const { tool, decision, outcome } of store.read(query)) {
        lines.push(`${tool} ${decision} ${outcome}`);
      }
      return lines;
    },
  };
}
