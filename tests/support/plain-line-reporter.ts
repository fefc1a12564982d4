import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule, TestResult } from 'vitest/node';

/** What the runs so far came to. `failures` are full names, `file > describe > test: first line of its error`. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

const nothingYet: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

/**
 * Closes the run with `N passed, N failed`, the line that any continuous integration reads, after the
 * names of what failed. Where TEST_TOTALS names a
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
    const failures = [
      ...tests
        .filter((test) => test.result().state === 'failed')
        .map((test) => `${test.module.relativeModuleId} > ${test.fullName}: ${whyOf(test.result())}`),
      ...modules
        .filter((module) => module.state() === 'failed' && module.errors().length > 0)
        .map((module) => `${module.relativeModuleId} (could not be loaded, or its set-up failed)`),
      ...modules.flatMap((module) =>
        [...module.children.allSuites()]
          .filter((suite) => suite.errors().length > 0)
          .map((suite) => `${module.relativeModuleId} > ${suite.fullName}: ${firstLine(suite.errors()[0])}`),
      ),
      ...unhandledErrors.map((error) => `an error outside of any test: ${firstLine(error)}`),
    ];
    const all = this.#withEarlier({
      passed: count('passed'),
      failed: failures.length,
      skipped: count('skipped'),
      failures,
    });
    const line = `${all.passed} passed, ${all.failed} failed`;
    process.once('exit', () => {
      for (const failure of all.failures) {
        console.log(`failed: ${failure}`);
      }
      console.log(all.skipped > 0 ? `${line}, ${all.skipped} skipped` : line);
    });
  }

  #withEarlier(counts: Counts): Counts {
    if (this.#totals === undefined) {
      return counts;
    }
    const earlier = existsSync(this.#totals) ? readFileSync(this.#totals, 'utf8') : '';
    const before = earlier === '' ? nothingYet : (JSON.parse(earlier) as Counts);
    const sum = {
      passed: before.passed + counts.passed,
      failed: before.failed + counts.failed,
      skipped: before.skipped + counts.skipped,
      failures: [...before.failures, ...counts.failures],
    };
    writeFileSync(this.#totals, JSON.stringify(sum));
    return sum;
  }
}

function whyOf({ errors }: TestResult): string {
  return firstLine(errors?.[0]);
}

function firstLine(error: unknown): string {
  const message = error instanceof Object && 'message' in error ? String(error.message) : String(error);
  return message.split('\n', 1)[0] ?? '';
}
