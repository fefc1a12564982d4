import { AuditTrail } from '../../../shared/access/audit.ts';
import type { Permission } from '../../../shared/access/permissions.ts';
import { bearerToken, Unauthenticated } from '../../../shared/identity/authenticator.ts';
import type { Principal } from '../../../shared/identity/principal.ts';
import { tenantId } from '../../../shared/identity/tenant.ts';
import { confirmationStates } from '../../../shared/mcp/dialogue.ts';
import { createEndpoint, type Endpoint } from '../../../shared/mcp/endpoint.ts';
import type { StreamClock } from '../../../shared/mcp/tasks/clock.ts';
import type { TaskState } from '../../../shared/mcp/tasks/ports.ts';
import { toolSurface } from '../../../shared/mcp/tool-surface.ts';
import type { Storage } from '../../../shared/storage/connect.ts';
import { relayStores } from '../../../shared/storage/relay-store.ts';
import { createLogger } from '../../../shared/telemetry/log.ts';
import { MemoryTasks } from '../../conformance/fixture/memory-tasks.ts';
import { askingForName, fixtureTasks, taskTools } from '../../conformance/fixture/tasks.ts';

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
    info,
    instructions: 'Test.',
    tools: taskTools,
    extensions: [
      fixtureTasks({ tasks, info, logger, ...(clock && { clock }), ...(stopping && { stopping }) }),
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
    signingKey,
    states: confirmationStates(signingKey),
    now,
    logger,
  });
  return createEndpoint({
    surface: askingForName(surface),
    ...(storage && { sessions: { signingKey, relay: relayStores(storage), now } }),
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
  if (user === undefined) throw new Unauthenticated('Send a token.', { tokenSent: false });
  const permissions: readonly Permission[] = user === 'guest' ? [] : ['diagnostics.run'];
  return {
    tenant: tenantId('contoso'),
    user,
    application: 'tests',
    roles: ['query'],
    permissions: new Set(permissions),
    expiresAt: Number.MAX_SAFE_INTEGER,
  };
}
