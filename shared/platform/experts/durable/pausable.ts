import { TurnMade } from './journal.ts';

/** Carries a pause past a boundary that would answer it like any failure. */
export interface Pausable {
  /** Undefined when the work paused. */
  within<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** @throws TurnMade when the work paused; for behind the boundary */
  throwIfPaused(): void;
}

export function pausable(): Pausable {
  let pause: TurnMade | undefined;
  return {
    async within(work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof TurnMade)) {
          throw error;
        }
        pause = error;
        return undefined;
      }
    },
    throwIfPaused() {
      if (pause !== undefined) {
        throw pause;
      }
    },
  };
}
