import { appendFileSync, readFileSync } from 'node:fs';

/** What a run came to. `failures` are full names, `file > describe > test: what went wrong`. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

/**
 * Adds a run to those that a file has. Each is one line, written at once: runs may end side by side.
 * @returns the sum of all
 */
export function withOtherRuns(file: string, counts: Counts): Counts {
  appendFileSync(file, `${JSON.stringify(counts)}\n`);
  return totalsIn(file);
}

/** The sum of all runs that a file has. */
export function totalsIn(file: string): Counts {
  const runs = readFileSync(file, 'utf8').trim().split('\n');
  return runs.map((line) => JSON.parse(line) as Counts).reduce(sumOf);
}

const sumOf = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  failures: [...one.failures, ...other.failures],
});

/** What failed, and in the last line how many passed and failed: `N passed, N failed`. */
export function linesOf({ passed, failed, skipped, failures }: Counts): readonly string[] {
  return [
    ...failures.map((failure) => `failed: ${failure}`),
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ];
}
