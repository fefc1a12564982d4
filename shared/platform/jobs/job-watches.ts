import { setTimeout as delay } from 'node:timers/promises';
import { uncounted } from '../storage/round-trips.ts';
import { type AnyJob, milestonesBetween } from './definition.ts';
import type { JobState } from './job.ts';
import { JobFeed } from './job-feed.ts';
import { hasEnded, stateOf } from './job-state.ts';
import type { StoredJob } from './job-store.ts';
import type { JobTracker } from './job-tracker.ts';

/** How long to wait between two looks at a job, in milliseconds: `least` after a change, then longer up to `most`. */
export interface PollInterval {
  readonly least: number;
  readonly most: number;
}

const growth = 1.5;

/** A watch gives up after so many failed looks in a row. */
const mostFailures = 10;

type Look = JobTracker['look'];

interface Watch {
  readonly feed: JobFeed;
  /** Aborts the poll loop. */
  readonly stop: AbortController;
  followers: number;
}

export interface JobWatches {
  /** See `JobService.watch`. */
  follow(job: StoredJob, signal: AbortSignal, after?: number): AsyncGenerator<JobState, void, undefined>;
}

/** Lets any number of followers share one poll loop per job, which runs as long as somebody follows. */
export function jobWatches(
  definition: AnyJob,
  look: Look,
  interval: PollInterval = { least: 200, most: 1_000 },
): JobWatches {
  const watches = new Map<string, Watch>();

  function open(job: StoredJob): Watch {
    const feed = new JobFeed();
    const stop = new AbortController();
    const toState = ({ id, record }: StoredJob) => stateOf(definition, id, record);
    uncounted(() => poll(job, look, interval, stop.signal, (current) => feed.push(toState(current)))).then(
      () => feed.end(),
      (failure: unknown) => feed.end(failure),
    );
    return { feed, stop, followers: 0 };
  }

  function join(job: StoredJob): Watch {
    const watch = watches.get(job.id) ?? open(job);
    watches.set(job.id, watch);
    watch.followers += 1;
    return watch;
  }

  function leave(id: string, watch: Watch): void {
    watch.followers -= 1;
    if (watch.followers === 0) {
      watch.stop.abort();
      watches.delete(id);
    }
  }

  return {
    async *follow(job, signal, after) {
      const watch = join(job);
      try {
        yield* withMilestones(definition, watch.feed.read(signal), after);
      } finally {
        leave(job.id, watch);
      }
    },
  };
}

/**
 * Looks at a job until it has ended, is removed, or `signal` aborts.
 * @throws what `look` threw, when it failed too often in a row
 */
async function poll(
  job: StoredJob,
  look: Look,
  { least, most }: PollInterval,
  signal: AbortSignal,
  /** Whether it is another state than the last one. */
  push: (job: StoredJob) => boolean,
): Promise<void> {
  let failures = 0;
  let wait = least;
  while (!signal.aborted) {
    try {
      const current = await look(job);
      if (current === undefined) {
        return;
      }
      const changed = push(current);
      if (hasEnded(current.record)) {
        return;
      }
      failures = 0;
      wait = changed ? least : Math.min(most, wait * growth);
    } catch (error) {
      failures += 1;
      if (failures === mostFailures) {
        throw error;
      }
      wait = most;
    }
    await delay(wait, undefined, { signal }).catch(() => {}); // aborted; the loop ends
  }
}

/** Puts in the milestones that passed between two looks, so that nobody who follows misses one. */
async function* withMilestones(
  definition: AnyJob,
  states: AsyncIterable<JobState>,
  after: number | undefined,
): AsyncGenerator<JobState, void, undefined> {
  let known = after;
  for await (const state of states) {
    if (known !== undefined && (state.status === 'working' || state.status === 'completed')) {
      const { result: _result, ...bare } = state;
      for (const milestone of milestonesBetween(definition, known, state.progress)) {
        yield { ...bare, status: 'working', ...milestone };
      }
    }
    known = state.progress;
    yield state;
  }
}
