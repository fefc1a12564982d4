import { type AnyJob, done } from './definition.ts';
import type { JobState } from './job.ts';
import type { JobRecord } from './job-store.ts';
import type { OrchestrationStatus } from './ports.ts';
import { readProgress } from './progress.ts';

const pollIntervalMs = 1_000;

/** A job as it is stored. */
export function stateOf(definition: AnyJob, id: string, record: JobRecord): JobState {
  const { status, progress, message, createdAt, updatedAt, expiresAt } = record;
  const result = status === 'completed' ? definition.result.parse(record.result) : undefined;
  const soFar = result === undefined && (record.result as JobState['soFar'] | null);
  return {
    id,
    status,
    progress,
    message,
    createdAt,
    updatedAt,
    ttlMs: Date.parse(expiresAt) - Date.parse(createdAt),
    pollIntervalMs,
    ...(definition.subjectOf && { subject: definition.subjectOf(definition.request.parse(record.request)) }),
    ...(soFar && { soFar }),
    ...(result && { result }),
  };
}

/** The record of a job whose orchestration is in this state; the same for every instance that looks at it. */
export function advance(definition: AnyJob, before: JobRecord, status: OrchestrationStatus): JobRecord {
  const { broken } = definition.words;
  const updatedAt = laterOf(before.createdAt, status.updatedAt);
  const { progress, message, soFar } = readProgress(status.customStatus);
  const record = { ...before, result: soFar ?? null };
  switch (status.runtimeStatus) {
    case 'Completed':
      return completed(definition, { ...record, progress, updatedAt }, status.output);
    case 'Failed':
      return { ...record, status: 'failed', progress, message: broken, updatedAt };
    case 'Terminated':
    case 'Canceled':
      return asCancelled(definition, { ...record, progress }, updatedAt);
    default:
      return { ...record, progress, message, updatedAt };
  }
}

export function asCancelled({ words }: AnyJob, record: JobRecord, updatedAt: string): JobRecord {
  return { ...record, status: 'cancelled', message: words.cancelled, updatedAt };
}

function completed(definition: AnyJob, record: JobRecord, output: unknown): JobRecord {
  const { success, data } = definition.result.safeParse(output);
  return success
    ? { ...record, status: 'completed', ...done(definition), result: data }
    : { ...record, status: 'failed', message: definition.words.broken };
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
