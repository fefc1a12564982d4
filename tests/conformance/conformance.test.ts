import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDataStorage } from '../support/azurite.ts';
import { linesOf, type Part, runConformance } from './conformance.ts';

/** Scenarios of the pinned suite, and how many of them it does not execute itself. */
const expected = [
  { part: '2025-11-25, two processes', scenarios: 33, notExecuted: 0 },
  { part: '2026-07-28, two processes', scenarios: 40, notExecuted: 0 },
  { part: 'Tasks extension, one process', scenarios: 10, notExecuted: 1 },
];

describe('the official conformance suite', () => {
  let parts: readonly Part[];

  beforeAll(async () => {
    parts = await runConformance(testDataStorage());
  }, 240_000);

  it('passes every check that it makes', () => {
    expect(linesOf(parts, 'failures')).toEqual([]);
  });

  it('lacks nothing that it recommends but streams that can be resumed', () => {
    expect(linesOf(parts, 'warnings')).toEqual([
      expect.stringContaining('server-sse-polling: server-sse-priming-event'),
      expect.stringContaining('server-sse-polling: server-sse-retry-field'),
    ]);
  });

  it('runs every scenario', () => {
    const seen = parts.map(({ name, results }) => ({
      part: name,
      scenarios: results.length,
      notExecuted: results.filter(({ skipped }) => skipped).length,
    }));
    expect(seen).toEqual(expected);
  });

  it('has no expected failures', () => {
    const file = readFileSync(new URL('./expected-failures.yml', import.meta.url), 'utf8');
    expect(file).toMatch(/^server: \[\]$/m);
  });
});
