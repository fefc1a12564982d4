import { Unavailable } from '../../contoso/errors.ts';
import type { Middleware } from './invocation.ts';

/** Ends a call that takes longer than `milliseconds`; the call's own signal aborts the work behind it. */
export function deadline(milliseconds: number): Middleware {
  return async (_invocation, next) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Unavailable('The call took too long and was given up; try again.')),
        milliseconds,
      );
    });
    try {
      return await Promise.race([next(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
