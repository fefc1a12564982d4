import { defineConfig } from 'vitest/config';
// the tests' own requests, and every process that they start
import './scripts/loopback.cjs';

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/plain-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // a condition is waited for as long as a test may take: a busy machine is not a failure
    expect: { poll: { timeout: 25_000 } },
    // the tests start processes of their own, which need the other cores
    maxWorkers: '50%',
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/{integration,e2e,security,conformance,docs}/**/*.test.ts'],
          globalSetup: ['./tests/support/vitest-global-azurite.ts'],
        },
      },
    ],
  },
});
