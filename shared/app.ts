import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Implementation } from '@modelcontextprotocol/server';
import { createDiagnostics, type Diagnostics } from '#contoso/diagnosis/diagnostics';
import { simulatedProbe } from '#contoso/diagnosis/simulated-probe';
import { businessPrompts } from '#contoso/prompts/index';
import { businessResources } from '#contoso/resources/index';
import { businessTools } from '#contoso/tools/index';
import { AuditTrail } from '#platform/access/audit';
import { cached } from '#platform/caching/cached';
import { openModels } from '#platform/experts/models/open-models';
import type { Authenticate } from '#platform/identity/authenticator';
import { fromGateway } from '#platform/identity/gateway-key';
import { metadataUrl } from '#platform/identity/resource-metadata';
import type { Lifetime } from '#platform/mcp/calling-off';
import { confirmationStates } from '#platform/mcp/dialogue';
import { createEndpoint, type Endpoint } from '#platform/mcp/endpoint';
import { OpenRequests } from '#platform/mcp/open-requests';
import type { Surface } from '#platform/mcp/static-server';
import { type PipelineOptions, toolSurface } from '#platform/mcp/tool-surface';
import { traced } from '#platform/mcp/traced';
import { endpointsOf, readSettings, type Settings } from '#platform/settings';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';
import { relayStores } from '#platform/storage/relay-store';
import { countAuditLost } from '#platform/telemetry/counts';
import { createLogger, type Logger } from '#platform/telemetry/log';
import { startTelemetry } from '#platform/telemetry/start';
import { agenticSurface } from './composition/agentic.ts';
import { authenticator, requestedScope, resourceMetadata } from './composition/identity.ts';
import { readiness } from './composition/readiness.ts';
import { refusalRecorder } from './composition/refusals.ts';
import { openTenants } from './composition/tenant-resources.ts';

/** The whole product behind web-standard functions, as the triggers call it. */
export interface App {
  /** The business tools, resources and prompts. */
  readonly mcp: Endpoint;
  /** The experts and the long troubleshooting. */
  readonly agentic: Endpoint;
  readonly diagnostics: Diagnostics;
  /** The protected-resource metadata of the endpoints (RFC 9728). */
  metadata(request: Request): Response;
  /** The process runs. */
  live(): Response;
  /** The process can do its work: storage answers, and callers can be verified. */
  ready(): Promise<Response>;
  /** Removes what has outlived its time: jobs, conversations, messages between instances. */
  tidy(): Promise<void>;
  /** Ends open calls with a word on how to go on, and writes what is still waiting to be written; the process is about to end. */
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

/** How long the export of telemetry waits for the audit trail at the end. A host gives a process a few seconds. */
const flushMilliseconds = 1_500;

/** How long open calls may take to end when the process is about to: theirs is to write one sentence. */
const lastWordMilliseconds = 1_500;

/** How long after the end of a stream its client is held to have closed it; a host may cut streams before it says that it stops. */
const graceMs = 3_000;

/** Milliseconds that an answer of storage is good for. Anybody may ask whether the service is ready, and as often. */
const pingGoodFor = 1_000;

let app: Promise<App> | undefined;

/**
 * The one app of this process, built at the first call.
 * @throws SettingsError when the environment is not right
 */
export async function getApp(): Promise<App> {
  app ??= createApp({ settings: readSettings() });
  return app;
}

export async function createApp({ settings, now = () => new Date(), logger: given }: AppParts): Promise<App> {
  const logger = given ?? createLogger(settings.logLevel, now);
  const telemetry = await startTelemetry(settings.telemetry, info.version, logger);
  const storage = await openStorage({ dataStorage: settings.dataStorage });
  const models = await openModels(settings.model, logger);
  const tenants = openTenants({ storage, embeddings: models.embeddings, now, logger });
  const slugs = settings.tenants.map(({ slug }) => slug);
  const onLost = (entries: number) => {
    countAuditLost(entries);
    logger.log('error', 'audit entries lost', { entries });
  };
  const trail = new AuditTrail(auditStore(storage), onLost);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // every open call listens
  const lifetime: Lifetime = { stopping: stop.signal, graceMs };
  const open = new OpenRequests();
  const pipeline: PipelineOptions = {
    resources: tenants.of,
    policy: {
      confirmPaymentsAbove: settings.confirmation.paymentsAbove,
      confirmPaymentsWithinHours: settings.confirmation.paymentsWithinHours,
    },
    trail,
    signingKey: settings.confirmation.signingKey,
    states: confirmationStates(settings.confirmation.signingKey),
    now,
    logger,
    lifetime,
  };
  const diagnostics = createDiagnostics({
    storage,
    tenants: slugs,
    storeOf: tenants.storeOf,
    probe: simulatedProbe,
    limits: settings.jobs,
    now,
    logger,
  });
  const experts = agenticSurface({
    pipeline,
    diagnostics,
    model: models.chat,
    answerWithinMs: settings.experts.answerWithinMs,
    storage,
    tenants: slugs,
    info,
  });
  const relay = relayStores(storage);
  const { authenticate, ready } = authenticator(settings, now);
  const ping = cached(() => storage.ping(), pingGoodFor, now, pingGoodFor);
  const serve = endpoints({ settings, authenticate, relay, trail, open, now, logger });
  const { mcp, agentic } = endpointsOf(settings.publicBaseUrl);
  return {
    mcp: serve(
      '/mcp',
      mcp,
      toolSurface({
        ...pipeline,
        info,
        instructions,
        tools: businessTools,
        families: businessResources,
        prompts: businessPrompts,
      }),
    ),
    agentic: serve('/agentic/mcp', agentic, experts.surface),
    diagnostics,
    metadata: resourceMetadata(settings),
    logger,
    live: () => Response.json({ status: 'live' }),
    ready: () =>
      readiness(
        [
          { name: 'Storage', check: ping },
          { name: 'The identity provider', check: ready },
        ],
        logger,
      ),
    async tidy() {
      await diagnostics.purgeExpired();
      await experts.removeExpiredConversations();
      for (const slug of slugs) await relay(slug).cleanUp(now());
    },
    async close() {
      stop.abort();
      await Promise.race([open.none(), wait(lastWordMilliseconds, undefined, { ref: false })]);
      // First the trail, so that what its writing took, or lost, is exported, too; for a moment only when storage hangs.
      const written = trail.flush();
      await Promise.race([written, wait(flushMilliseconds, undefined, { ref: false })]);
      await Promise.all([written, telemetry.close()]);
    },
  };
}

interface Surroundings {
  readonly settings: Settings;
  readonly authenticate: Authenticate;
  readonly relay: ReturnType<typeof relayStores>;
  readonly trail: AuditTrail;
  readonly open: OpenRequests;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What all endpoints have in common. */
function endpoints({ settings, authenticate, relay, trail, open, now, logger }: Surroundings) {
  const { signingKey } = settings.confirmation;
  const refused = refusalRecorder({ trail, signingKey, now, logger });
  return (route: string, resource: string, surface: Surface): Endpoint =>
    open.counted(
      traced(
        route,
        createEndpoint({
          surface,
          sessions: { signingKey, relay, now },
          authenticate,
          allowedHosts: settings.allowedHosts,
          allowedOrigins: settings.allowedOrigins,
          fromGateway: fromGateway(settings.gatewayKeys),
          resourceMetadata: metadataUrl(resource),
          scope: requestedScope(settings, resource),
          refused,
          logger,
        }),
      ),
    );
}
