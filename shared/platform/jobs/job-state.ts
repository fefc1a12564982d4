import { report } from '#contoso/diagnosis/report';
import { done, readProgress } from '#contoso/diagnosis/steps';
import type { JobState } from './job.ts';
import type { JobRecord } from './job-store.ts';
import type { OrchestrationStatus } from './ports.ts';

const pollIntervalMs = 1_000;

const broken = 'The diagnosis broke off because of a fault of this service; start it again.';
const cancelled = 'The diagnosis was cancelled.';

/** A job as it is stored. */
export function stateOf(id: string, record: JobRecord): JobState {
  const { status, progress, message, createdAt, updatedAt, expiresAt } = record;
  const result = status === 'completed' ? report.parse(record.result) : undefined;
  return {
    id,
    status,
    progress,
    message,
    createdAt,
    updatedAt,
    ttlMs: Date.parse(expiresAt) - Date.parse(createdAt),
    pollIntervalMs,
    ...(result && { result }),
  };
}

/** The record of a job whose orchestration is in this state; the same for every instance that looks at it. */
export function advance(record: JobRecord, status: OrchestrationStatus): JobRecord {
  const updatedAt = laterOf(record.createdAt, status.updatedAt);
  const { progress, message } = readProgress(status.customStatus);
  switch (status.runtimeStatus) {
    case 'Completed':
      return completed({ ...record, progress, updatedAt }, status.output);
    case 'Failed':
      return { ...record, status: 'failed', progress, message: broken, updatedAt };
    case 'Terminated':
    case 'Canceled':
      return asCancelled({ ...record, progress }, updatedAt);
    default:
      return { ...record, progress, message, updatedAt };
  }
}

export function asCancelled(record: JobRecord, updatedAt: string): JobRecord {
  return { ...record, status: 'cancelled', message: cancelled, updatedAt };
}

function completed(record: JobRecord, output: unknown): JobRecord {
  const { success, data } = report.safeParse(output);
  return success
    ? { ...record, status: 'completed', ...done, result: data }
    : { ...record, status: 'failed', message: broken };
}

/** The engine tells times to the second, so a job could seem to have changed before it was created. */
function laterOf(createdAt: string, changed: Date): string {
  const updatedAt = changed.toISOString();
  return updatedAt > createdAt ? updatedAt : createdAt;
}

/** Every status but `working` is final. */
export function hasEnded({ status }: Pick<JobState, 'status'>): boolean {
  return status !== 'working';
}
