import type { TenantId } from '../identity/tenant.ts';
import { countJobEnded, countJobStarted } from '../telemetry/counts.ts';
import type { Logger } from '../telemetry/log.ts';
import type { JobStatus } from './job.ts';

/** How a job leaves the record of running jobs: as its owner saw it, or removed before anybody asked. */
export type JobEnding = Exclude<JobStatus, 'working'> | 'expired';

/** What becomes of the jobs of a tenant, in log and metrics. Requests and reports are in neither. */
export interface JobEvents {
  /** @param correlationId of the call that the job was begun for */
  started(job: string, correlationId: string | undefined): void;
  /** Called once for each job, by the instance that records its end. */
  ended(job: string, status: JobEnding): void;
}

export function jobEvents(tenant: TenantId, logger: Logger): JobEvents {
  return {
    started(job, correlationId) {
      countJobStarted(tenant);
      logger.log('info', 'job started', { tenant, job, correlationId });
    },
    ended(job, status) {
      countJobEnded(tenant, status);
      logger.log(status === 'failed' ? 'error' : 'info', 'job ended', { tenant, job, status });
    },
  };
}
