import { appendFileSync, readFileSync } from 'node:fs';

/** What a run came to. `failures` are full names, `file > describe > test: first line of its error`. */
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
  const runs = readFileSync(file, 'utf8').trim().split('\n');
  return runs.map((line) => JSON.parse(line) as Counts).reduce(sumOf);
}

const sumOf = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  failures: [...one.failures, ...other.failures],
});
