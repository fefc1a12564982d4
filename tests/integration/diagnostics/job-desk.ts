import type { JobState } from '../../../shared/diagnostics/job.ts';
import { type JobEvents, jobEvents } from '../../../shared/diagnostics/job-events.ts';
import { type JobStore, jobStore } from '../../../shared/diagnostics/job-store.ts';
import { type JobLimits, type JobService, openJobs } from '../../../shared/diagnostics/jobs.ts';
import type { OrchestrationClient } from '../../../shared/diagnostics/ports.ts';
import { stepRunner } from '../../../shared/diagnostics/run-step.ts';
import { simulatedProbe } from '../../../shared/diagnostics/simulated-probe.ts';
import type { Principal } from '../../../shared/identity/principal.ts';
import type { TenantId } from '../../../shared/identity/tenant.ts';
import { bulkWrite } from '../../../shared/storage/bulk.ts';
import { openTenantStore } from '../../../shared/storage/open-tenant-store.ts';
import type { TenantStore } from '../../../shared/storage/tenant-store.ts';
import { createLogger } from '../../../shared/telemetry/log.ts';
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
  const engine = new ReplayingEngine(
    stepRunner({ probe: simulatedProbe, storeOf: () => store, logger }),
    smallNow,
  );
  const events = jobEvents(tenant, logger);
  const clock = { now: smallNow };
  const another: JobDesk['another'] = (other = engine, limits = {}) =>
    openJobs({
      tenant,
      store: jobStore(storage, tenant),
      accounts: store.accounts,
      engine: other,
      events,
      limits: { seconds: 45, runningPerUser: 5, ttlMs: day, ...limits },
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
    roles: ['query'],
    permissions: new Set(['diagnostics.run']),
    expiresAt: smallNow.getTime() / 1000 + 3600,
  };
}

export const request = { device_name: 'router', detail: 'slow in the evening', subscription_id: 11 };

/** Everything that is seen, with the progress of each. */
export async function collect(states: AsyncIterable<JobState>, seen: JobState[] = []): Promise<JobState[]> {
  for await (const state of states) seen.push(state);
  return seen;
}
