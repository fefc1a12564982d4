import { EventEmitter, once } from 'node:events';
import type { JobState } from './job.ts';

/** What is seen of one job, for any number of readers: each gets the latest state and every one that follows. */
export class JobFeed {
  /** A job has about a dozen states, so all are kept for readers that are slower than the job. */
  readonly #states: JobState[] = [];
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #over = false;
  #failure: unknown;

  /** Adds a state, unless nothing that a reader sees is new. Returns whether something is. */
  push(state: JobState): boolean {
    const last = this.#states.at(-1);
    if (last !== undefined && last.status === state.status && last.progress === state.progress) {
      return false;
    }
    this.#states.push(state);
    this.#changes.emit('change');
    return true;
  }

  /** Nothing will follow. Readers get what they have not read yet, then the end, or this failure. */
  end(failure?: unknown): void {
    this.#over = true;
    this.#failure = failure;
    this.#changes.emit('change');
  }

  /** Ends when the feed does, or when the signal aborts. */
  async *read(signal: AbortSignal): AsyncGenerator<JobState, void, undefined> {
    let next = Math.max(0, this.#states.length - 1);
    while (!signal.aborted) {
      const state = this.#states[next];
      if (state !== undefined) {
        next += 1;
        yield state;
      } else if (this.#over) {
        if (this.#failure !== undefined) {
          throw this.#failure;
        }
        return;
      } else {
        await once(this.#changes, 'change', { signal }).catch(() => {}); // aborted; the loop ends
      }
    }
  }
}
