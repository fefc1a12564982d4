import type { Reporter, TestModule, TestResult } from 'vitest/node';
import { withOtherRuns } from './test-totals.ts';

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
    const counts = {
      passed: count('passed'),
      failed: failures.length,
      skipped: count('skipped'),
      failures,
    };
    const all = this.#totals === undefined ? counts : withOtherRuns(this.#totals, counts);
    const line = `${all.passed} passed, ${all.failed} failed`;
    process.once('exit', () => {
      for (const failure of all.failures) {
        console.log(`failed: ${failure}`);
      }
      console.log(all.skipped > 0 ? `${line}, ${all.skipped} skipped` : line);
    });
  }
}

function whyOf({ errors }: TestResult): string {
  return firstLine(errors?.[0]);
}

function firstLine(error: unknown): string {
  const message = error instanceof Object && 'message' in error ? String(error.message) : String(error);
  return message.split('\n', 1)[0] ?? '';
}
