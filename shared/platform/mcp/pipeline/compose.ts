import type { Answer } from './answer.ts';
import type { Invocation } from './invocation.ts';

export type Next<Result> = () => Promise<Answer<Result>>;

/**
 * A step of the pipeline: a function with a name, which stack traces show. It may answer itself, or call `next`,
 * once, and look at the answer.
 */
export type Step = <Result>(invocation: Invocation<Result>, next: Next<Result>) => Promise<Answer<Result>>;

export type Run = <Result>(invocation: Invocation<Result>) => Promise<Answer<Result>>;

/** A step called `next` twice: the operation would run a second time although it was allowed and recorded once. */
export class NextCalledTwice extends Error {
  override readonly name = 'NextCalledTwice';

  constructor(step: string) {
    super(`The step ${step} called next a second time.`);
  }
}

/** Runs the steps in order, the first one outermost; the last one must answer. */
export function compose(steps: readonly Step[]): Run {
  return function runSteps<Result>(invocation: Invocation<Result>): Promise<Answer<Result>> {
    function runFrom(index: number): Promise<Answer<Result>> {
      const step = steps[index];
      if (step === undefined) {
        throw new Error('The last step of the pipeline must answer.');
      }
      let isCalled = false;
      return step(invocation, function next() {
        if (isCalled) {
          return Promise.reject(new NextCalledTwice(step.name));
        }
        isCalled = true;
        return runFrom(index + 1);
      });
    }
    return runFrom(0);
  };
}
