import type { TenantId } from '../identity/tenant.ts';
import { StaleWrite } from '../storage/stale-write.ts';
import { currentTrace } from '../telemetry/trace-context.ts';
import type { AnyJob } from './definition.ts';
import type { JobEvents } from './job-events.ts';
import type { JobInput } from './job-input.ts';
import { advance, hasEnded } from './job-state.ts';
import type { JobRecord, JobStore, StoredJob } from './job-store.ts';
import type { OrchestrationClient } from './ports.ts';

/** Keeps the records of jobs in step with their orchestrations. */
export interface JobTracker {
  /** Starts the orchestration of a job that is on record. May be repeated. */
  begin(id: string, record: JobRecord): Promise<void>;
  /**
   * The job as it is now. An end that is found is written down, so that it outlives the orchestration; work that never
   * began, because the process ended in between, begins now. Undefined when the job was removed meanwhile.
   */
  look(job: StoredJob): Promise<StoredJob | undefined>;
  /**
   * Records how the job ended, unless that is recorded already: the first end stays. Returns the one that is
   * recorded.
   */
  finish(job: StoredJob, ended: JobRecord): Promise<StoredJob | undefined>;
}

export interface TrackerOptions {
  readonly tenant: TenantId;
  readonly store: JobStore;
  readonly engine: OrchestrationClient;
  readonly events: JobEvents;
  /** The definition of each job on record, by its name. */
  readonly definitionOf: (job: JobRecord) => AnyJob;
}

export function jobTracker(options: TrackerOptions): JobTracker {
  const { tenant, store, engine, events, definitionOf } = options;
  const tracker: JobTracker = {
    async begin(id, record) {
      const { orchestration, request, seconds } = definitionOf(record);
      const { traceparent: trace } = currentTrace();
      const input: JobInput = {
        tenant,
        request: request.parse(record.request),
        seconds,
        ...(trace && { trace }),
      };
      await engine.start(orchestration, id, input);
    },
    async look(job) {
      if (hasEnded(job.record)) {
        return job;
      }
      const status = await engine.status(job.id);
      if (status === undefined) {
        await tracker.begin(job.id, job.record);
        return job;
      }
      const record = advance(definitionOf(job.record), job.record, status);
      return hasEnded(record) ? await tracker.finish(job, record) : { ...job, record };
    },
    async finish(job, ended) {
      try {
        await store.finish(job, ended);
        if (ended.status !== 'working') {
          events.ended(job.id, ended.status);
        }
        return { ...job, record: ended };
      } catch (error) {
        if (!(error instanceof StaleWrite)) {
          throw error;
        }
        return await store.read(job.owner, job.id);
      }
    },
  };
  return tracker;
}
