import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Closes the run with `N passed, N failed`, the line that any continuous integration reads. Where TEST_TOTALS names a
 * file, the counts of earlier runs that named it are added.
 */
export default class PlainLineReporter implements Reporter {
  readonly #totals = process.env.TEST_TOTALS;

  constructor() {
    // a run inside of a test counts for itself
    delete process.env.TEST_TOTALS;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter(
      (module) => module.state() === 'failed' && module.errors().length > 0,
    ).length;
    const all = this.#withEarlier({
      passed: count('passed'),
      failed: count('failed') + broken + unhandledErrors.length,
      skipped: count('skipped'),
    });
    const line = `${all.passed} passed, ${all.failed} failed`;
    process.once('exit', () => console.log(all.skipped > 0 ? `${line}, ${all.skipped} skipped` : line));
  }

  #withEarlier(counts: Counts): Counts {
    if (this.#totals === undefined) {
      return counts;
    }
    const earlier = existsSync(this.#totals) ? readFileSync(this.#totals, 'utf8') : '';
    const before: Counts =
      earlier === '' ? { passed: 0, failed: 0, skipped: 0 } : (JSON.parse(earlier) as Counts);
    const sum = {
      passed: before.passed + counts.passed,
      failed: before.failed + counts.failed,
      skipped: before.skipped + counts.skipped,
    };
    writeFileSync(this.#totals, JSON.stringify(sum));
    return sum;
  }
}
