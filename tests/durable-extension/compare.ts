import { describe, expect, it, type TestContext } from 'vitest';
import { hasExtension } from './extension-process.ts';
import type { DifferentRow, SameRow } from './table/row.ts';

export type EngineName = 'local' | 'real';

/** What the report is made of: each test of a row says which one, on which engine, and what it decides. */
export interface Compared {
  readonly what: string;
  readonly engine: EngineName;
  /** Why the engines may differ in it; undefined when they must not. */
  readonly why?: string;
  /** Milliseconds, as far as the row looks at times. */
  readonly took: readonly number[];
}

declare module 'vitest' {
  interface TaskMeta {
    compared?: Compared;
  }
}

/** The names of the two engines, in the words of the report. */
export const engineNames = { local: 'the local engine', real: 'the Durable extension' } as const;

/** A row whose engines are started for it, or shared. `Subject` is what it is observed on. */
export type RowOn<Subject> = (Omit<SameRow, 'observe'> | Omit<DifferentRow, 'observe'>) & {
  observe(subject: Subject): Promise<unknown>;
};

/**
 * One test for each row and engine. Where there is no .NET, those of the extension are skipped.
 * @param subjectOf what the rows are observed on, ready when a test begins
 */
export function compare<Subject>(
  rows: readonly RowOn<Subject>[],
  subjectOf: (engine: EngineName) => Subject,
  { atOnce }: { readonly atOnce: boolean },
): void {
  for (const engine of ['local', 'real'] as const) {
    const isMissing = engine === 'real' && !hasExtension();
    describe.skipIf(isMissing)(engineNames[engine], { concurrent: atOnce }, () => {
      for (const row of rows) {
        it(row.what, async ({ task }: TestContext) => {
          const why = 'why' in row ? { why: row.why } : {};
          task.meta.compared = { what: row.what, engine, ...why, took: [] };
          const seen = await row.observe(subjectOf(engine));
          task.meta.compared = { ...task.meta.compared, took: timesIn(seen) };
          expect(seen).toEqual('expected' in row ? row.expected : row[engine]);
        });
      }
    });
  }
}

/** The members called `took`, at any depth. */
function timesIn(seen: unknown): number[] {
  if (typeof seen !== 'object' || seen === null) {
    return [];
  }
  return Object.entries(seen).flatMap(([name, value]) =>
    name === 'took' && typeof value === 'number' ? [value] : timesIn(value),
  );
}
