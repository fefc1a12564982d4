import { type AnyJob, milestonesBetween } from './definition.ts';
import type { JobState } from './job.ts';
import { JobFeed } from './job-feed.ts';
import { hasEnded, stateOf } from './job-state.ts';
import type { StoredJob } from './job-store.ts';
import type { JobTracker } from './job-tracker.ts';
import { Rounds, type Turn } from './rounds.ts';

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
  /** Ends the looking. */
  readonly stop: () => void;
  followers: number;
}

export interface JobWatches {
  /** See `JobService.watch`. */
  follow(job: StoredJob, signal: AbortSignal, after?: number): AsyncGenerator<JobState, void, undefined>;
}

/**
 * Lets any number of followers share the looks at a job, which go on as long as somebody follows.
 * @param rounds in which the looks at other jobs are, too
 */
export function jobWatches(
  definition: AnyJob,
  look: Look,
  interval: PollInterval = { least: 200, most: 1_000 },
  rounds = new Rounds(),
): JobWatches {
  const watches = new Map<string, Watch>();

  function open(job: StoredJob): Watch {
    const feed = new JobFeed();
    const toState = ({ id, record }: StoredJob) => stateOf(definition, id, record);
    const stop = rounds.add(looksAt(job, look, interval, feed, toState));
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
      watch.stop();
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

/** One look after another at a job, until it has ended, is removed, or looking failed too often in a row. */
function looksAt(
  job: StoredJob,
  look: Look,
  { least, most }: PollInterval,
  feed: JobFeed,
  toState: (job: StoredJob) => JobState,
): Turn {
  let failures = 0;
  let wait = least;
  return async () => {
    try {
      const current = await look(job);
      const changed = current !== undefined && feed.push(toState(current));
      if (current === undefined || hasEnded(current.record)) {
        feed.end();
        return undefined;
      }
      failures = 0;
      wait = changed ? least : Math.min(most, wait * growth);
    } catch (error) {
      failures += 1;
      if (failures === mostFailures) {
        feed.end(error);
        return undefined;
      }
      wait = most;
    }
    return wait;
  };
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
