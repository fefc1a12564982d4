import type { Reporter, TestModule } from 'vitest/node';

/** Closes the run with `N passed, N failed`, the line that any continuous integration reads. */
export default class PlainLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter(
      (module) => module.state() === 'failed' && module.errors().length > 0,
    ).length;
    const skipped = count('skipped');
    const line = `${count('passed')} passed, ${count('failed') + broken + unhandledErrors.length} failed`;
    process.once('exit', () => console.log(skipped > 0 ? `${line}, ${skipped} skipped` : line));
  }
}
