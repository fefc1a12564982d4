import { setTimeout as wait } from 'node:timers/promises';
import { AuditTrail } from '#platform/access/audit';
import { SwitchBoard, type SwitchBoardOptions } from '#platform/access/switch-board';
import type { Business, BusinessStore } from '#platform/business';
import { cached } from '#platform/caching/cached';
import { systemTime } from '#platform/clock';
import { servedUnderName } from '#platform/console/frame-host';
import { openModels } from '#platform/experts/models/open-models';
import { openDeploymentJobs } from '#platform/jobs/deployment-jobs';
import { cardsExtension } from '#platform/mcp/cards/cards-extension';
import { confirmationStates } from '#platform/mcp/dialogue';
import { callPipeline } from '#platform/mcp/pipeline/call-pipeline';
import type { PipelineOptions } from '#platform/mcp/pipeline/options';
import { toolSurface } from '#platform/mcp/tool-surface';
import { endpointsOf, type PlatformSettings, tenantSites } from '#platform/settings';
import type { Reach } from '#platform/sign-in/clients/guarded-fetch';
import { auditHeadStore } from '#platform/storage/audit-head-store';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';
import { inTurn } from '#platform/storage/in-turn';
import { uncounted } from '#platform/storage/round-trips';
import { sessionMailboxes } from '#platform/storage/session-mailbox';
import { switchStore } from '#platform/storage/switch-store';
import { countAuditLost } from '#platform/telemetry/counts';
import { createLogger, type Logger } from '#platform/telemetry/log';
import { nameTelemetry } from '#platform/telemetry/names';
import { failureOf } from '#platform/telemetry/spans';
import { startTelemetry } from '#platform/telemetry/start';
import { agenticSurface } from './agentic.ts';
import type { App } from './app.ts';
import { cleanUp, recordsCleanUp } from './clean-up.ts';
import { declaredExtensions } from './declared-extensions.ts';
import { openEnding } from './ending.ts';
import { endpoints } from './endpoints.ts';
import { chatModels, expertAccounting } from './expert-means.ts';
import { routers } from './expert-routers.ts';
import { gatewayRefusals } from './gateway-refusals/endpoint.ts';
import { authenticator, resourceMetadata } from './identity.ts';
import { longQuestions } from './long-questions.ts';
import { readiness } from './readiness.ts';
import { refusalRecorder } from './refusals.ts';
import { trailSealing } from './seal-trail.ts';
import { secondPerson } from './second-person.ts';
import { consoleOf, signInProvider, signInServiceOf } from './sign-in.ts';
import { endpointsByRoute } from './tenant-endpoints.ts';
import { openTenants } from './tenant-resources.ts';
import { passedOn } from './trail-places.ts';

/** What an app is made of. */
export interface AppParts<Store extends BusinessStore, Policy> {
  readonly business: Business<Store, Policy>;
  readonly settings: PlatformSettings & { readonly policy: Policy };
  readonly now?: () => Date;
  readonly logger?: Logger;
  /** How documents about clients are read, instead of from the public internet. No setting says this. */
  readonly reach?: Reach;
  /** Reads what is switched off, instead of from storage, for whoever has none. No setting says this. */
  readonly readSwitches?: SwitchBoardOptions['read'];
}

/** How long the export of telemetry waits for the audit trail at the end. A host gives a process a few seconds. */
const flushMilliseconds = 1_500;

/**
 * Milliseconds for which one answer of storage is reused. Readiness needs no token, so anybody could make it ask
 * storage.
 */
const pingGoodFor = 1_000;

/** Builds the app of a business: once per process. */
export async function createApp<Store extends BusinessStore, Policy>({
  business,
  settings,
  now = systemTime,
  logger: given,
  reach,
  readSwitches,
}: AppParts<Store, Policy>): Promise<App> {
  const { info, offlinePlans, openStore } = business;
  nameTelemetry(business.name);
  const logger = given ?? createLogger(settings.logLevel, now);
  const telemetry = await startTelemetry(settings.telemetry, info.version, logger);
  const storage = await openStorage({ dataStorage: settings.dataStorage });
  const models = await openModels(settings.model, offlinePlans, logger);
  const tenants = openTenants({ openStore, storage, embeddings: models.embeddings, now, logger });
  const slugs = settings.tenants.map(({ slug }) => slug);
  const onLost = (entries: number) => {
    countAuditLost(entries);
    logger.log('error', 'audit entries lost', { entries });
  };
  const audit = auditStore(storage);
  const auditHeads = auditHeadStore(storage);
  const trail = new AuditTrail(audit, onLost, uncounted);
  const switches = new SwitchBoard({
    ...(readSwitches ? { read: readSwitches } : { read: switchStore(storage).read, prepared: storage.load }),
    failed: (error) => logger.log('warn', 'switches not read', { error: failureOf(error) }),
  });
  const { lifetime, open, unfinished, endCalls } = openEnding();
  // Loaded only here: whoever acts for nobody has no use for it.
  const downstream =
    settings.downstream &&
    (await (await import('#platform/downstream/open')).openDownstream(settings.downstream, now));
  const businessJobs = business.openJobs({ storeOf: tenants.storeOf, policy: settings.policy });
  const { ttlMs } = settings.jobs;
  const questions = longQuestions({ storage, tenants: slugs, now, ttlMs });
  const jobs = openDeploymentJobs({
    definitions: [...businessJobs.map(({ definition }) => definition), questions.definition],
    storage,
    tenants: slugs,
    limits: settings.jobs,
    now,
    logger,
  });
  const approvals = await secondPerson(settings, {
    ...{ storage, now, logger, engine: jobs.engine, tenants: slugs },
    signingKeys: settings.confirmation.signingKeys,
  });
  const pipeline: PipelineOptions = {
    resources: tenants.of,
    policy: settings.policy,
    trail,
    switches,
    approvals: approvals.desk,
    signingKeys: settings.confirmation.signingKeys,
    states: confirmationStates(settings.confirmation.signingKeys),
    now,
    logger,
    lifetime,
    ...(downstream && { downstream }),
  };
  const extensions = [
    declaredExtensions(settings),
    ...(business.cards ? [cardsExtension(business.cards)] : []),
  ];
  const accounting = expertAccounting(settings, { storage, now, logger });
  const modelOf = await chatModels(settings, models, offlinePlans, logger);
  const experts = agenticSurface({
    business,
    extensions,
    businessJobs,
    pipeline,
    jobs,
    questions,
    modelOf,
    hasLanguageModel: settings.model.kind !== 'offline',
    routerOf: routers(settings.model, modelOf, offlinePlans),
    accounting,
    answerWithinMs: settings.experts.answerWithinMs,
    asksClients: settings.experts.asksClients,
    storage,
    approvalsOf: async (call) => approvals.of(call),
    readTrail: audit.page,
    tenants: slugs,
    sets: new Map(
      settings.tenants.flatMap(({ slug, tools }) => (tools === undefined ? [] : [[slug, new Set(tools)]])),
    ),
  });
  approvals.serve({
    ...{ resources: tenants.of, policy: settings.policy, registry: experts.registry },
    run: callPipeline(pipeline),
    permissionsOf: settings.auth.roles.permissionsOf,
  });
  const mailboxOf = sessionMailboxes(storage);
  const signIn = await signInProvider(settings, { storage, trail, now, logger, reach });
  const sites = tenantSites(settings);
  const { authenticate, ready } = authenticator(settings, signIn, business.defaultRoles, now);
  const ping = cached(() => storage.ping(), pingGoodFor, now, pingGoodFor);
  const records = { trail, signingKey: settings.confirmation.signingKeys[0], now, logger };
  const refused = refusalRecorder(records);
  const serve = endpoints({
    ...{ settings, signIn, authenticate, mailboxOf, switches },
    ...{ refused, open, unfinished, now, logger },
  });
  const { mcp, agentic } = endpointsOf(settings.publicBaseUrl);
  const surface = toolSurface({
    ...pipeline,
    endpoint: 'mcp',
    info,
    instructions: business.instructions.tools,
    tools: experts.offers.tools,
    cardTools: experts.offers.cardTools,
    families: experts.offers.resources,
    prompts: experts.offers.prompts,
    skills: experts.offers.skills,
    extensions: [...approvals.extensions(info, experts.offers.tools, lifetime), ...extensions],
  });
  return {
    mcp: serve('/mcp', mcp, surface),
    agentic: serve('/agentic/mcp', agentic, experts.surface),
    ofTenant: {
      mcp: endpointsByRoute(sites, ({ slug, base }) => serve('/mcp', endpointsOf(base).mcp, surface, slug)),
      agentic: endpointsByRoute(sites, ({ slug, base }) =>
        serve('/agentic/mcp', endpointsOf(base).agentic, experts.surface, slug),
      ),
    },
    jobs: { ...jobs, registered: [...jobs.registered, ...approvals.registered] },
    callsWait: approvals.desk !== undefined,
    gatewayRefusals: gatewayRefusals({
      ...records,
      gatewayKeys: settings.gatewayKeys,
      tenants: settings.tenants,
      isTool: (name) => [surface, experts.surface].some(({ tools }) => tools.find(name) !== undefined),
      refused,
    }),
    metadata: resourceMetadata(settings, signIn, business.endpointNames),
    signIn: signInServiceOf(settings, signIn, refused, logger),
    console: await consoleOf(settings, signIn, business.cards ?? [], refused, logger),
    serves: servedUnderName({ ...settings, sites }),
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
    tidy: () =>
      cleanUp(
        {
          jobs: (enough) => jobs.purgeExpired(enough),
          conversations: (enough) => experts.removeExpiredConversations(enough),
          questions: (enough) => questions.removeExpired(enough),
          approvals: (enough) => approvals.tidy(enough),
          budgets: async (enough) => accounting.budget?.tidy(enough),
          messages: (enough) => inTurn(slugs, { enough }, (slug) => mailboxOf(slug).cleanUp(now(), enough)),
          data: (enough) =>
            inTurn(slugs, { enough }, async (slug) => await tenants.storeOf(slug).tidy?.(enough)),
          'sign-ins': async (enough) => signIn?.tidy(now(), enough),
          'audit heads': trailSealing({
            audit,
            heads: auditHeads,
            afterwards: passedOn(settings.trail, { storage, audit, heads: auditHeads }),
            tenants: slugs,
            secret: settings.confirmation.signingKeys[0],
            now,
            logger,
          }),
          ...recordsCleanUp({
            retention: settings.retention,
            storage,
            audit,
            tenants: slugs,
            now,
            logger,
          }),
        },
        logger,
      ),
    hostPort: settings.hostPort,
    endCalls,
    async close() {
      await endCalls();
      // First the trail, so that what its writing took, or lost, is exported, too; for a moment only when storage hangs.
      const written = trail.flush();
      await Promise.race([written, wait(flushMilliseconds, undefined, { ref: false })]);
      await Promise.all([written, telemetry.close()]);
    },
  };
}
