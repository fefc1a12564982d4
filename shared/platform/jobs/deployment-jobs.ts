import { perTenant } from '../identity/per-tenant.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from '../storage/connect.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { Logger } from '../telemetry/log.ts';
import type { AnyJob } from './definition.ts';
import { jobEvents } from './job-events.ts';
import { type JobStore, jobStore } from './job-store.ts';
import { type JobLimits, type JobService, openJobs } from './jobs.ts';
import { OrchestrationLink } from './orchestration-link.ts';
import { orchestrate } from './orchestrator.ts';
import type { Orchestration, OrchestrationClient } from './ports.ts';
import { purgeExpired } from './purge.ts';
import { Rounds } from './rounds.ts';
import { stepRunner } from './run-step.ts';

/** A kind of job, as the triggers register it. */
export interface RegisteredJob {
  /** Names of orchestration and activity. */
  readonly orchestration: string;
  readonly activity: string;
  /** The body of the orchestration. */
  orchestrate<Wait>(work: Orchestration<Wait>): Generator<Wait, unknown, unknown>;
  /** The body of the activity. */
  runStep(input: unknown): Promise<unknown>;
}

/** The long jobs of a deployment: what the triggers call, and the jobs for the tools. */
export interface DeploymentJobs {
  readonly registered: readonly RegisteredJob[];
  /** Hands over the durable client of an invocation; every trigger that has one does this first. */
  connect(client: OrchestrationClient): void;
  /** The engine behind all jobs, for other work that waits on it. */
  readonly engine: OrchestrationClient;
  /** The jobs of one kind of a tenant. @param name of the definition */
  of(name: string, tenant: TenantId): JobService;
  /** Removes the expired jobs of all tenants. */
  purgeExpired(enough?: AbortSignal): Promise<void>;
}

export interface DeploymentJobsOptions {
  readonly definitions: readonly AnyJob[];
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
  readonly limits: JobLimits;
  readonly now: () => Date;
  readonly logger: Logger;
}

export function openDeploymentJobs(options: DeploymentJobsOptions): DeploymentJobs {
  const { definitions, storage, tenants, limits, now, logger } = options;
  const engine = new OrchestrationLink();
  const rounds = new Rounds();
  const stores = perTenant(tenants, (tenant) => jobStore(storage, tenant));
  const opened = new Map<string, JobService>();

  function open(name: string, tenant: TenantId): JobService {
    const store = stores.of(tenant);
    const definition = definitions.find((one) => one.name === name);
    if (definition === undefined) {
      throw new RangeError(`There is no job ${name} in this deployment.`);
    }
    const events = jobEvents(tenant, logger);
    return openJobs({ definition, definitions, tenant, store, engine, limits, events, now, rounds });
  }

  async function purge(tenant: TenantId, store: JobStore, enough?: AbortSignal): Promise<void> {
    try {
      const purged = await purgeExpired(store, engine, jobEvents(tenant, logger), now(), enough);
      logger.log('info', 'expired jobs purged', { tenant, ...purged });
    } catch (error) {
      logger.log('error', 'expired jobs not purged', {
        tenant,
        error: error instanceof Error ? error.name : typeof error,
      });
    }
  }

  return {
    registered: definitions.map((definition) => ({
      orchestration: definition.orchestration,
      activity: definition.activity,
      orchestrate: (work) => orchestrate(definition, work),
      runStep: stepRunner(definition, logger),
    })),
    engine,
    connect: (client) => engine.connect(client),
    of(name, tenant) {
      const key = `${tenant} ${name}`;
      const jobs = opened.get(key) ?? open(name, tenant);
      opened.set(key, jobs);
      return jobs;
    },
    async purgeExpired(enough) {
      await inTurn(stores.all, { enough }, ([tenant, store]) => purge(tenant, store, enough));
    },
  };
}
