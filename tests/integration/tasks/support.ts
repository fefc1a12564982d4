import type { Permission } from '#contoso/access/permissions';
import { AuditTrail } from '#platform/access/audit';
import { offeredAt } from '#platform/access/offer';
import { bearerToken, Unauthenticated } from '#platform/identity/authenticator';
import type { Principal } from '#platform/identity/principal';
import { tenantId } from '#platform/identity/tenant';
import { cardsExtension } from '#platform/mcp/cards/cards-extension';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint, type Endpoint } from '#platform/mcp/endpoint';
import type { StreamClock } from '#platform/mcp/tasks/clock';
import type { TaskState } from '#platform/mcp/tasks/ports';
import { toolSurface } from '#platform/mcp/tool-surface';
import type { Storage } from '#platform/storage/connect';
import { sessionMailboxes } from '#platform/storage/session-mailbox';
import { createLogger } from '#platform/telemetry/log';
import { MemoryTasks } from '../../conformance/fixture/memory-tasks.ts';
import { askingForInput, fixtureTasks, taskTools } from '../../conformance/fixture/tasks.ts';

export const address = new URL('http://localhost/mcp');

const signingKey = 'k'.repeat(32);
const info = { name: 'tasks-test', version: '1' };
const now = () => new Date();
const logger = createLogger('error', now, () => {});

/** Two endpoints of one service, as two instances of it are: they share the tasks and nothing else. */
export interface Instances {
  readonly tasks: MemoryTasks;
  /** Sends requests to the one and the other in turn, as this user. */
  fetchAs(user: string): typeof fetch;
  /** The tasks of this user, newest first. */
  own(user: string): Promise<readonly TaskState[]>;
  /** Names of the audited calls so far, with their outcomes. */
  readonly audited: readonly string[];
}

export interface InstanceOptions {
  readonly clock?: StreamClock;
  /** Where the sessions of 2025-era clients live; without it their requests stand alone. */
  readonly storage?: Storage;
  /** Aborts when the processes of the instances are about to end. */
  readonly stopping?: AbortSignal;
}

export function startInstances(options: InstanceOptions = {}): Instances {
  const tasks = new MemoryTasks(now);
  const audited: string[] = [];
  const instances = [instance(tasks, audited, options), instance(tasks, audited, options)];
  let turn = 0;
  return {
    tasks,
    audited,
    own: (user) => tasks.list(principalNamed(user)),
    fetchAs: (user) => (url, init) => {
      const request = new Request(url, init);
      request.headers.set('host', 'localhost');
      request.headers.set('authorization', `Bearer ${user}`);
      turn += 1;
      return (instances[turn % 2] as Endpoint)(request);
    },
  };
}

function instance(
  tasks: MemoryTasks,
  audited: string[],
  { clock, storage, stopping }: InstanceOptions,
): Endpoint {
  const surface = toolSurface({
    endpoint: 'mcp',
    info,
    instructions: 'Test.',
    tools: offeredAt('mcp', taskTools),
    extensions: [
      fixtureTasks({ tasks, info, logger, ...(clock && { clock }), ...(stopping && { stopping }) }),
      cardsExtension([]),
    ],
    ...(stopping && { lifetime: { stopping, graceMs: 0 } }),
    resources: () => ({}) as never,
    policy: { confirmPaymentsAbove: 100, confirmPaymentsWithinHours: 24 },
    trail: new AuditTrail(
      {
        write: async (entries) =>
          void audited.push(...entries.map(({ tool, outcome }) => `${tool} ${outcome}`)),
      },
      () => {},
    ),
    signingKeys: [signingKey],
    states: confirmationStates([signingKey]),
    now,
    logger,
  });
  return createEndpoint({
    surface: askingForInput(surface, tasks),
    ...(storage && { sessions: { signingKeys: [signingKey], mailboxOf: sessionMailboxes(storage), now } }),
    authenticate: async (request) => principalNamed(bearerToken(request)),
    allowedHosts: ['localhost'],
    allowedOrigins: [],
    resourceMetadata: 'http://localhost/.well-known/oauth-protected-resource/mcp',
    scope: undefined,
    refused: () => {},
    fromGateway: () => true,
    logger,
  });
}

/** `guest` may do nothing; everybody else may run long tools. */
export function principalNamed(user: string | undefined): Principal {
  if (user === undefined) {
    throw new Unauthenticated('Send a token.', { tokenSent: false });
  }
  const permissions: readonly Permission[] = user === 'guest' ? [] : ['diagnostics.run'];
  return {
    tenant: tenantId('contoso'),
    user,
    application: 'tests',
    actor: 'person',
    roles: ['query'],
    permissions: new Set(permissions),
    expiresAt: Number.MAX_SAFE_INTEGER,
  };
}
