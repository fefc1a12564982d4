import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/plain-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // most tests wait for a process that they started: one worker per core keeps the cores busy
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
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
