import type { DurableApp } from '../../integration/durable/durable-host.ts';

/** An app on one of the two engines. */
export type Engine = Pick<DurableApp, 'client' | 'post' | 'run' | 'start' | 'status' | 'until' | 'webhook'>;

/** Something that an engine does, which both engines must do in the same way. */
export interface SameRow {
  readonly what: string;
  /** What is seen of it; members called `took` are milliseconds, and are printed. */
  observe(engine: Engine): Promise<unknown>;
  /** What must be seen on both: values, matchers, ranges of times. */
  readonly expected: unknown;
}

/** Something that is left different, with the reason. */
export interface DifferentRow extends Omit<SameRow, 'expected'> {
  readonly real: unknown;
  readonly local: unknown;
  readonly why: string;
}
