import type { Implementation } from '@modelcontextprotocol/server';
import { type AuditEntry, AuditTrail } from './access/audit.ts';
import type { Authenticate } from './identity/authenticator.ts';
import { disabledAuth, passthroughAuth } from './identity/development.ts';
import { authorizationServer } from './identity/issuers.ts';
import { jwtAuth } from './identity/jwt.ts';
import { metadataEndpoint, metadataUrl, type ProtectedResource } from './identity/resource-metadata.ts';
import { confirmationStates } from './mcp/dialogue.ts';
import { createEndpoint, type Endpoint, type Refusal } from './mcp/endpoint.ts';
import { type PipelineOptions, toolSurface } from './mcp/tool-surface.ts';
import { endpointsOf, readSettings, type Settings } from './settings.ts';
import { auditStore } from './storage/audit-store.ts';
import { openStorage, type Storage } from './storage/connect.ts';
import { createLogger, type Logger } from './telemetry/log.ts';
import { tenantResources } from './tenant-resources.ts';
import { businessTools } from './tools/index.ts';

/** The whole product behind web-standard functions, as the triggers call it. */
export interface App {
  readonly mcp: Endpoint;
  /** The protected-resource metadata of the endpoints (RFC 9728). */
  metadata(request: Request): Response;
  /** The process runs. */
  live(): Response;
  /** The process can do its work: storage answers. */
  ready(): Promise<Response>;
  /** Writes what is still waiting to be written; the process is about to end. */
  close(): Promise<void>;
  readonly logger: Logger;
}

export interface AppParts {
  readonly settings: Settings;
  readonly now?: () => Date;
  readonly logger?: Logger;
}

const info: Implementation = { name: 'contoso-mcp', title: 'Contoso customer care', version: '0.1.0' };

const instructions =
  "Tools over one customer organisation's accounts, invoices, usage, tickets and policies. Find a customer with " +
  'get_all_customers, then pass ids on. Amounts are dollars, dates are YYYY-MM-DD. Look policies up with ' +
  'search_knowledge_base before promising anything.';

let app: Promise<App> | undefined;

/**
 * The one app of this process, built at the first call.
 * @throws SettingsError when the environment is not right
 */
export async function getApp(): Promise<App> {
  app ??= createApp({ settings: readSettings() });
  return app;
}

export async function createApp({ settings, now = () => new Date(), logger }: AppParts): Promise<App> {
  const log = logger ?? createLogger(settings.logLevel, now);
  const storage = await openStorage({ dataStorage: settings.dataStorage });
  const trail = new AuditTrail(auditStore(storage), (entries) =>
    log.log('error', 'audit entries lost', { entries }),
  );
  const pipeline: PipelineOptions = {
    resources: tenantResources(storage, now),
    policy: { confirmPaymentsAbove: settings.confirmation.paymentsAbove },
    trail,
    signingKey: settings.confirmation.signingKey,
    states: confirmationStates(settings.confirmation.signingKey),
    now,
    logger: log,
  };
  const endpoints = endpointsOf(settings.publicBaseUrl);
  const mcp = createEndpoint({
    surface: toolSurface({ ...pipeline, info, instructions, tools: businessTools }),
    authenticate: authenticator(settings, now),
    allowedHosts: settings.allowedHosts,
    allowedOrigins: settings.allowedOrigins,
    resourceMetadata: metadataUrl(endpoints.mcp),
    scope: requestedScope(settings, endpoints.mcp),
    refused: (refusal) => trail.note(refusedEntry(refusal, now())),
    logger: log,
  });
  return {
    mcp,
    metadata: metadataOf(settings),
    logger: log,
    live: () => Response.json({ status: 'live' }),
    ready: () => readiness(storage),
    close: () => trail.flush(),
  };
}

function authenticator({ auth, tenants }: Settings, now: () => Date): Authenticate {
  if (auth.mode === 'jwt') return jwtAuth({ ...auth, tenants, now });
  const options = { tenants, roleNames: auth.roleNames };
  return auth.mode === 'disabled' ? disabledAuth(options) : passthroughAuth(options);
}

/** Modes that verify nobody have no place to send a client to. */
function metadataOf(settings: Settings): (request: Request) => Response {
  const { auth, tenants, publicBaseUrl } = settings;
  if (auth.mode !== 'jwt') {
    return () =>
      Response.json({ error: 'No identity provider is configured: AUTH_MODE is not jwt.' }, { status: 404 });
  }
  const authorizationServers = tenants.flatMap(({ tenantIds }) =>
    tenantIds.map((tid) => authorizationServer(auth.authority, tid)),
  );
  const describe = (route: string, resource: string, name: string): ProtectedResource => ({
    route,
    resource,
    name,
    authorizationServers,
    scopes: [requestedScope(settings, resource) ?? auth.scope],
  });
  const { mcp, agentic } = endpointsOf(publicBaseUrl);
  return metadataEndpoint([
    describe('/mcp', mcp, 'Contoso customer care: tools'),
    describe('/agentic/mcp', agentic, 'Contoso customer care: experts'),
  ]);
}

/** What clients ask the identity provider for to call the endpoint at `resource`. */
function requestedScope({ auth }: Settings, resource: string): string | undefined {
  return auth.mode === 'jwt' ? `${auth.scopePrefix ?? resource}/${auth.scope}` : undefined;
}

/** The audit entry of a request that was refused before it reached a tool. */
function refusedEntry({ principal, tool, reason, correlationId }: Refusal, time: Date): AuditEntry {
  return {
    id: correlationId,
    time: time.toISOString(),
    tenant: principal?.tenant,
    user: principal?.user ?? '',
    application: principal?.application ?? '',
    by: 'caller',
    tool,
    decision: 'denied',
    reason,
    argumentDigest: '',
    outcome: 'refused',
    durationMs: 0,
    correlationId,
  };
}

async function readiness(storage: Storage): Promise<Response> {
  try {
    await storage.ping();
    return Response.json({ status: 'ready' });
  } catch {
    return Response.json({ status: 'unavailable', reason: 'Storage does not answer.' }, { status: 503 });
  }
}
