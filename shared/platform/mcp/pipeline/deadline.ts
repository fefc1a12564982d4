import { Unavailable } from '../../errors.ts';
import { defaultTimeoutMs } from '../definitions/tool.ts';
import type { Answer } from './answer.ts';
import type { Next } from './compose.ts';
import type { Invocation } from './invocation.ts';

/** Ends a call that takes longer than its operation may; the call's own signal aborts the work behind it. */
export async function deadline<Result>(
  { operation, ending }: Invocation<Result>,
  next: Next<Result>,
): Promise<Answer<Result>> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    // Not AbortSignal.timeout: behind AbortSignal.any, Node 20 may collect it before it fires.
    timer = setTimeout(() => {
      ending.expire();
      reject(new Unavailable('The call took too long and was given up; try again.'));
    }, operation.timeoutMs ?? defaultTimeoutMs);
  });
  try {
    return await Promise.race([next(), over]);
  } finally {
    clearTimeout(timer);
  }
}
