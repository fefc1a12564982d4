import { Refused, Unavailable } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import type { JobState } from './job.ts';
import type { JobService } from './jobs.ts';

/**
 * How long a call follows its job, in milliseconds: the load balancer in front of the Functions host gives up after
 * 230 s, and the answer needs time to be written.
 */
export const followTimeoutMs = 200_000;

/** The call of a tool that waits for its job. */
export interface Follower {
  readonly principal: Principal;
  readonly signal: AbortSignal;
  readonly calledOff?: () => Promise<boolean>;
  readonly goesOn?: (task: string) => void;
  readonly progress: (progress: number, total: number, message: string) => void;
}

/** What a caller is told who does not get the result. */
export interface FollowWords {
  readonly cancelled: string;
  /** The call is over before the job is. */
  goesOn(task: string): string;
}

/**
 * What a job comes to, once it has ended; ends the job when the caller calls the work off.
 * @returns by the `result` schema of its definition
 * @throws Refused when it was cancelled; Unavailable when it failed, or with the task to ask for when the call is over
 * before
 */
export async function followJob(
  job: string,
  jobs: JobService,
  call: Follower,
  words: FollowWords,
): Promise<Readonly<Record<string, unknown>>> {
  for await (const state of jobs.watch(job, call.principal, call.signal, 0)) {
    call.progress(state.progress, 100, state.message);
    if (state.status !== 'working') {
      return resultOf(state, words);
    }
  }
  if (await call.calledOff?.()) {
    const state = await jobs.cancel(job, call.principal);
    if (state !== undefined) {
      return resultOf(state, words);
    }
  }
  call.goesOn?.(job);
  throw new Unavailable(words.goesOn(job));
}

function resultOf({ status, message, result }: JobState, words: FollowWords) {
  if (result !== undefined) {
    return result;
  }
  throw status === 'cancelled' ? new Refused(words.cancelled) : new Unavailable(message);
}
