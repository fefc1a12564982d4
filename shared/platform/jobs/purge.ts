import type { JobEvents } from './job-events.ts';
import { hasEnded } from './job-state.ts';
import type { JobStore, StoredJob } from './job-store.ts';
import { isOver, type OrchestrationClient } from './ports.ts';

/** What a purge did to the expired jobs. */
export interface PurgeResult {
  removed: number;
  /** Jobs that still ran and were ended; the next purge removes them. */
  ended: number;
  /** Jobs that could not be removed, or changed meanwhile; the next purge tries again. */
  failed: number;
}

/** Removes the expired jobs of one tenant: first what the engine keeps of each, then its record, so that nothing is left behind. */
export async function purgeExpired(
  store: JobStore,
  engine: OrchestrationClient,
  events: JobEvents,
  now: Date,
  enough?: AbortSignal,
): Promise<PurgeResult> {
  const result: PurgeResult = { removed: 0, ended: 0, failed: 0 };
  for await (const jobs of store.expired(now)) {
    await Promise.all(
      jobs.map(async (job) => {
        result[await purge(job, store, engine, events).catch(() => 'failed' as const)] += 1;
      }),
    );
    if (enough?.aborted) {
      break;
    }
  }
  return result;
}

async function purge(
  job: StoredJob,
  store: JobStore,
  engine: OrchestrationClient,
  events: JobEvents,
): Promise<'removed' | 'ended'> {
  const status = await engine.status(job.id);
  if (status !== undefined && !isOver(status.runtimeStatus)) {
    await engine.terminate(job.id, 'expired');
    return 'ended';
  }
  await engine.purge(job.id);
  await store.remove(job);
  if (!hasEnded(job.record)) {
    events.ended(job.id, 'expired');
  }
  return 'removed';
}
