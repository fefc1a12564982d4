import type { TenantId } from '#platform/identity/tenant';
import { jobEvents } from '#platform/jobs/job-events';
import { type JobStore, jobStore } from '#platform/jobs/job-store';
import { type JobLimits, type JobService, openJobs } from '#platform/jobs/jobs';
import { OrchestrationLink } from '#platform/jobs/orchestration-link';
import { troubleshoot } from '#platform/jobs/orchestrator';
import type { Orchestration, OrchestrationClient } from '#platform/jobs/ports';
import { purgeExpired } from '#platform/jobs/purge';
import type { Storage } from '#platform/storage/connect';
import type { Logger } from '#platform/telemetry/log';
import type { TenantStore } from '../stores/tenant-store.ts';
import type { DeviceProbe } from './probe.ts';
import type { Report } from './report.ts';
import { stepRunner } from './run-step.ts';
import type { StepOutcome } from './step-contract.ts';

/** The troubleshooting of a deployment: what the triggers call, and the jobs for the tools. */
export interface Diagnostics {
  /** Hands over the durable client of an invocation; every trigger that has one does this first. */
  connect(client: OrchestrationClient): void;
  /** The body of the orchestration. */
  orchestrate<Wait>(work: Orchestration<Wait>): Generator<Wait, Report, unknown>;
  /** The body of the activity. */
  runStep(input: unknown): Promise<StepOutcome>;
  /** The jobs of a tenant. */
  jobsOf(tenant: TenantId): JobService;
  /** Removes the expired jobs of all tenants. */
  purgeExpired(): Promise<void>;
}

export interface DiagnosticsOptions {
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
  readonly storeOf: (tenant: TenantId) => TenantStore;
  readonly probe: DeviceProbe;
  readonly limits: JobLimits;
  readonly now: () => Date;
  readonly logger: Logger;
}

export function createDiagnostics(options: DiagnosticsOptions): Diagnostics {
  const { storage, tenants, storeOf, probe, limits, now, logger } = options;
  const engine = new OrchestrationLink();
  const stores = new Map(tenants.map((tenant) => [tenant, jobStore(storage, tenant)]));
  const opened = new Map<TenantId, JobService>();

  function open(tenant: TenantId): JobService {
    const store = stores.get(tenant);
    if (store === undefined) throw new RangeError(`There is no tenant ${tenant} in this deployment.`);
    const { accounts } = storeOf(tenant);
    return openJobs({ tenant, store, accounts, engine, limits, events: jobEvents(tenant, logger), now });
  }

  async function purge(tenant: TenantId, store: JobStore): Promise<void> {
    try {
      const purged = await purgeExpired(store, engine, jobEvents(tenant, logger), now());
      logger.log('info', 'expired jobs purged', { tenant, ...purged });
    } catch (error) {
      logger.log('error', 'expired jobs not purged', {
        tenant,
        error: error instanceof Error ? error.name : typeof error,
      });
    }
  }

  return {
    connect: (client) => engine.connect(client),
    orchestrate: troubleshoot,
    runStep: stepRunner({ probe, storeOf, logger }),
    jobsOf(tenant) {
      const jobs = opened.get(tenant) ?? open(tenant);
      opened.set(tenant, jobs);
      return jobs;
    },
    async purgeExpired() {
      for (const [tenant, store] of stores) await purge(tenant, store);
    },
  };
}
