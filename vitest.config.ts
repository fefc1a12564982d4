import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
// the tests' own requests, and every process that they start
import './scripts/loopback.cjs';
import { LongestFirst } from './tests/support/longest-first.ts';

/** Tests that need a process of their own: a mocked module, telemetry's providers, the one functions host of a process. */
const apart = [
  'tests/conformance/**/*.test.ts',
  'tests/integration/{doctor,host,package,telemetry}/**/*.test.ts',
  'tests/integration/storage/azurite-gone.test.ts',
];

/** Files share a process and what it has loaded: loading it anew was a third of the time. */
const sharing = { isolate: false };
const withStorage = { globalSetup: ['./tests/support/vitest-global-azurite.ts'] };

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/plain-line-reporter.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // a condition is waited for as long as a test may take: a busy machine is not a failure
    expect: { poll: { timeout: 50_000 } },
    // more than two processors, because most of a test is waiting; the processes that they start need the others
    maxWorkers: Math.max(3, Math.floor(availableParallelism() / 2)),
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: 'v8',
      include: ['functions/**', 'shared/**', 'gateway/**'],
      reporter: ['text-summary'],
      reportsDirectory: '.local/coverage',
    },
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], ...sharing } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/{integration,security,docs,e2e}/**/*.test.ts'],
          exclude: apart,
          ...sharing,
          ...withStorage,
        },
      },
      { extends: true, test: { name: 'apart', include: apart, ...withStorage } },
      {
        extends: true,
        test: { name: 'commands', include: ['tests/commands/**/*.test.ts'], ...sharing, ...withStorage },
      },
      { extends: true, test: { name: 'dotnet', include: ['tests/dotnet/**/*.test.ts'], ...withStorage } },
      {
        extends: true,
        test: {
          name: 'durable-extension',
          include: ['tests/durable-extension/**/*.test.ts'],
          globalSetup: ['./tests/durable-extension/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 400_000,
          // several programs that are not the project's own, on whatever machine this is
          retry: 1,
        },
      },
      {
        extends: true,
        test: { name: 'recovery', include: ['tests/recovery/**/*.test.ts'], ...sharing, ...withStorage },
      },
    ],
  },
});
