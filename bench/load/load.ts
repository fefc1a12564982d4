import { once } from 'node:events';
import { type Child, entry, startChild } from './child.ts';
import type { Load, LoadJob } from './job.ts';

/** Puts load on servers from a process of its own. */
export class LoadGenerator {
  readonly #child: Child;

  private constructor(child: Child) {
    this.#child = child;
  }

  static async start(): Promise<LoadGenerator> {
    return new LoadGenerator(await startChild({ args: entry('bench/load/generator.ts') }));
  }

  /** @throws Error when an answer was not what it should be: a fast failure is no measurement */
  async run(job: LoadJob): Promise<Load> {
    this.#child.process.send(job);
    const [answer] = (await once(this.#child.process, 'message')) as [Load | { error: string }];
    if ('error' in answer) throw new Error(answer.error);
    if (answer.failures > 0) throw new Error(`${answer.failures} requests to ${job.url} failed.`);
    return answer;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
