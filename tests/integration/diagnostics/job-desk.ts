import { diagnosisJob } from '#contoso/diagnosis/job';
import { simulatedProbe } from '#contoso/diagnosis/simulated-probe';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import type { TenantStore } from '#contoso/stores/tenant-store';
import type { Principal } from '#platform/identity/principal';
import type { TenantId } from '#platform/identity/tenant';
import type { JobState } from '#platform/jobs/job';
import { type JobEvents, jobEvents } from '#platform/jobs/job-events';
import { type JobStore, jobStore } from '#platform/jobs/job-store';
import { type JobLimits, type JobService, openJobs } from '#platform/jobs/jobs';
import type { OrchestrationClient } from '#platform/jobs/ports';
import { stepRunner } from '#platform/jobs/run-step';
import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '#seed/writing/bulk';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset, smallNow } from '../../support/small-dataset.ts';
import { ReplayingEngine } from '../../unit/diagnostics/replaying-engine.ts';

const day = 86_400_000;

/** The jobs of the small company over real storage, and an engine that the test moves. */
export interface JobDesk {
  readonly tenant: TenantId;
  readonly store: TenantStore;
  readonly records: JobStore;
  readonly engine: ReplayingEngine;
  readonly jobs: JobService;
  readonly events: JobEvents;
  /** What was logged of jobs and their steps. */
  readonly logLines: readonly string[];
  /** Moves the clock of the jobs. */
  readonly clock: { now: Date };
  readonly ada: Principal;
  readonly ben: Principal;
  /** The same jobs as another process opens them. */
  another(engine?: OrchestrationClient, limits?: Partial<JobLimits>): JobService;
}

export async function openJobDesk(): Promise<JobDesk> {
  const storage = await testStorage();
  const tenant = freshTenant();
  await bulkWrite(storage, tenant, smallDataset);
  const logLines: string[] = [];
  const logger = createLogger(
    'debug',
    () => smallNow,
    (line) => logLines.push(line),
  );
  const store = openTenantStore(storage, tenant, () => smallNow);
  const definition = diagnosisJob({ probe: simulatedProbe, storeOf: () => store, seconds: 45 });
  const engine = new ReplayingEngine(stepRunner(definition, logger), smallNow);
  const events = jobEvents(tenant, logger);
  const clock = { now: smallNow };
  const another: JobDesk['another'] = (other = engine, limits = {}) =>
    openJobs({
      definition,
      definitions: [definition],
      tenant,
      store: jobStore(storage, tenant),
      engine: other,
      events,
      limits: { runningPerUser: 5, ttlMs: day, ...limits },
      now: () => clock.now,
      pollInterval: { least: 1, most: 5 },
    });
  return {
    tenant,
    store,
    records: jobStore(storage, tenant),
    engine,
    jobs: another(),
    events,
    logLines,
    clock,
    ada: user(tenant, 'ada'),
    ben: user(tenant, 'ben'),
    another,
  };
}

function user(tenant: TenantId, name: string): Principal {
  return {
    tenant,
    user: `directory:${name}`,
    application: 'tests',
    actor: 'person',
    roles: ['query'],
    permissions: new Set(['diagnostics.run']),
    expiresAt: smallNow.getTime() / 1000 + 3600,
  };
}

export const request = { device_name: 'router', detail: 'slow in the evening', subscription_id: 11 };

/** Everything that is seen, with the progress of each. */
export async function collect(states: AsyncIterable<JobState>, seen: JobState[] = []): Promise<JobState[]> {
  for await (const state of states) {
    seen.push(state);
  }
  return seen;
}
