import { messageOf } from '../../lib/errors.ts';

export interface Background {
  /** Runs something that nobody waits for; a failure is logged. */
  run(what: string, task: () => Promise<void>): void;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}

export function createBackground(warn: (message: string) => void): Background {
  const running = new Set<Promise<void>>();
  return {
    run(what, task) {
      const done = task()
        .catch((error: unknown) => warn(`Durable functions could not ${what}: ${messageOf(error)}`))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async settled() {
      while (running.size > 0) {
        await Promise.all(running);
      }
    },
  };
}
