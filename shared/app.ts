import type { Authenticate } from './identity/authenticator.ts';
import { disabledAuth, passthroughAuth } from './identity/development.ts';
import type { TenantId } from './identity/tenant.ts';
import { createKnowledgeSearch } from './knowledge/lexical.ts';
import type { KnowledgeSearch } from './knowledge/search.ts';
import { createEndpoint, type Endpoint } from './mcp/endpoint.ts';
import { toolSurface } from './mcp/tool-surface.ts';
import { readSettings, type Settings } from './settings.ts';
import { openStorage, type Storage } from './storage/connect.ts';
import { openTenantStore } from './storage/open-tenant-store.ts';
import type { TenantStore } from './storage/tenant-store.ts';
import { createLogger, type Logger } from './telemetry/log.ts';
import { businessTools } from './tools/index.ts';

/** The whole product behind web-standard functions, as the HTTP triggers call it. */
export interface App {
  readonly mcp: Endpoint;
  /** The process runs. */
  live(): Response;
  /** The process can do its work: storage answers. */
  ready(): Promise<Response>;
  readonly logger: Logger;
}

export interface AppParts {
  readonly settings: Settings;
  readonly now?: () => Date;
  readonly logger?: Logger;
}

const version = '0.1.0';

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
  const resources = tenantResources(storage, now);
  const resource = `${settings.publicBaseUrl}/mcp`;
  const mcp = createEndpoint({
    surface: toolSurface({
      info: { name: 'contoso-mcp', title: 'Contoso customer care', version },
      instructions,
      tools: businessTools,
      resources: (principal) => resources(principal.tenant),
      now,
      logger: log,
    }),
    authenticate: authenticator(settings),
    allowedHosts: settings.allowedHosts,
    allowedOrigins: settings.allowedOrigins,
    resourceMetadata: metadataUrl(resource),
    scope: undefined,
    logger: log,
  });
  return {
    mcp,
    logger: log,
    live: () => Response.json({ status: 'live' }),
    ready: () => readiness(storage),
  };
}

function authenticator({ auth, tenants }: Settings): Authenticate {
  const options = { tenants, roleNames: auth.roleNames };
  return auth.mode === 'disabled' ? disabledAuth(options) : passthroughAuth(options);
}

/** RFC 9728 section 3.1: the well-known part goes between the host and the resource's path. */
function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return `${origin}/.well-known/oauth-protected-resource${pathname}`;
}

/** Opens each tenant's data at its first call and keeps it: caches, id blocks and the search index live as long as the process. */
function tenantResources(storage: Storage, now: () => Date) {
  const opened = new Map<TenantId, { store: TenantStore; knowledge: KnowledgeSearch }>();
  return (tenant: TenantId) => {
    let resources = opened.get(tenant);
    if (resources === undefined) {
      const store = openTenantStore(storage, tenant, now);
      resources = { store, knowledge: createKnowledgeSearch(store.knowledge) };
      opened.set(tenant, resources);
      store.warm().catch(() => {}); // whoever needs storage next says what is wrong with it
    }
    return resources;
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
