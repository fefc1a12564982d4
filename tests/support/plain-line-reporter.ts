import type { Reporter, TestModule } from 'vitest/node';
import { inShort } from './in-short.ts';
import { linesOf, withOtherRuns } from './test-totals.ts';

/**
 * Closes the run with `N passed, N failed`, the line that any continuous integration reads, after the names of what
 * failed, and why. Where TEST_TOTALS names a file, the counts of earlier runs that named it are added.
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
        .map(
          (test) =>
            `${test.module.relativeModuleId} > ${test.fullName}: ${inShort(test.result().errors?.[0])}`,
        ),
      ...modules
        .filter((module) => module.state() === 'failed' && module.errors().length > 0)
        .map(
          (module) =>
            `${module.relativeModuleId} (not loaded, or not set up): ${inShort(module.errors()[0])}`,
        ),
      ...modules.flatMap((module) =>
        [...module.children.allSuites()]
          .filter((suite) => suite.errors().length > 0)
          .map((suite) => `${module.relativeModuleId} > ${suite.fullName}: ${inShort(suite.errors()[0])}`),
      ),
      ...unhandledErrors.map((error) => `an error outside of any test: ${inShort(error)}`),
    ];
    const counts = {
      passed: count('passed'),
      failed: failures.length,
      skipped: count('skipped'),
      failures,
    };
    const all = this.#totals === undefined ? counts : withOtherRuns(this.#totals, counts);
    process.once('exit', () => {
      for (const line of linesOf(all)) {
        console.log(line);
      }
    });
  }
}
