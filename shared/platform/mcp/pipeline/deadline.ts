import { Unavailable } from '../../errors.ts';
import { defaultTimeoutMs } from '../definitions/tool.ts';
import type { Answer } from './answer.ts';
import type { Next, Step } from './compose.ts';
import type { Invocation } from './invocation.ts';

/** The time of one call. */
interface Watch {
  isOver: boolean;
  timer: NodeJS.Timeout | undefined;
  start(): void;
}

/**
 * Ends a call that takes longer than its operation may; the call's own signal aborts the work behind it. A call that
 * waits for nothing outside of this process is over before the event loop turns, and spares its timer.
 */
export function deadlineStep(): Step {
  let begun: Watch[] = [];
  function startTimers(): void {
    const watches = begun;
    begun = [];
    for (const watch of watches) {
      if (!watch.isOver) {
        watch.start();
      }
    }
  }
  return async function deadline<Result>(
    { operation, ending }: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    const watch: Watch = { isOver: false, timer: undefined, start() {} };
    const late = new Promise<never>((_resolve, reject) => {
      watch.start = () => {
        // Not AbortSignal.timeout: behind AbortSignal.any, Node 20 may collect it before it fires.
        watch.timer = setTimeout(() => {
          ending.expire();
          reject(new Unavailable('The call took too long and was given up; try again.'));
        }, operation.timeoutMs ?? defaultTimeoutMs);
      };
    });
    if (begun.push(watch) === 1) {
      setImmediate(startTimers);
    }
    try {
      return await Promise.race([next(), late]);
    } finally {
      watch.isOver = true;
      clearTimeout(watch.timer);
    }
  };
}
