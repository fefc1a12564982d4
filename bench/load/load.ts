import { nextMessage, tell } from '../../scripts/lib/child-process.ts';
import { type Child, entry, startChild } from './child.ts';
import type { Load, LoadJob } from './job.ts';

/** Share of requests that may fail, and how many may in any case: a connection may break when a round ends. */
const mostFailures = { share: 0.001, count: 3 } as const;

/** Requests that failed in whatever way. */
export function failed({ failures }: Load): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0);
}

/** Puts load on servers from a process of its own. */
export class LoadGenerator {
  readonly #child: Child;

  private constructor(child: Child) {
    this.#child = child;
  }

  static async start(): Promise<LoadGenerator> {
    return new LoadGenerator(await startChild({ args: entry('bench/load/generator.ts') }));
  }

  /** @throws Error when more than a few requests failed: a fast failure is no measurement */
  async run(job: LoadJob): Promise<Load> {
    const { process, ended } = this.#child;
    tell(process, job);
    const answer = await nextMessage<Load | { error: string }>(process, ended);
    if (answer === undefined) {
      throw new Error('The load generator ended by itself.');
    }
    if ('error' in answer) {
      throw new Error(answer.error);
    }
    if (failed(answer) > Math.max(answer.answered * mostFailures.share, mostFailures.count)) {
      throw new Error(`Requests to ${job.url} failed: ${JSON.stringify(answer.failures)}.`);
    }
    return answer;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
