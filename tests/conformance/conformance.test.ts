import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, npmRun } from '../support/run.ts';
import { linesOf, type Part } from './conformance.ts';

/** Scenarios of the pinned suite, and how many of them it does not execute itself. */
const expected = [
  { part: '2025-11-25, two processes', scenarios: 33, notExecuted: 0 },
  { part: '2026-07-28, two processes', scenarios: 40, notExecuted: 0 },
  { part: 'Tasks extension, one process', scenarios: 10, notExecuted: 1 },
  { part: 'Skills extension, two processes', scenarios: 3, notExecuted: 0 },
  { part: 'Authorization server: proxy, a registered client', scenarios: 2, notExecuted: 0 },
  { part: 'Authorization server: proxy, a client with a document', scenarios: 2, notExecuted: 0 },
  { part: 'Authorization server: own accounts, a registered client', scenarios: 2, notExecuted: 0 },
];

describe('the official conformance suite', () => {
  let ended: Ended;
  let parts: readonly Part[];

  beforeAll(async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'conformance-'));
    const results = path.join(dir, 'results.json');
    ended = await npmRun('conformance', ['--results', results]);
    parts = JSON.parse(await readFile(results, 'utf8')) as readonly Part[];
    await rm(dir, { recursive: true });
  }, 240_000);

  it('is content: the command ends well', () => {
    expect(ended, ended.output).toMatchObject({ code: 0 });
  });

  it('passes every check that it makes', () => {
    expect(linesOf(parts, 'failures')).toEqual([]);
  });

  it('lacks nothing that it recommends but streams that can be resumed, and skills among the resources', () => {
    expect(linesOf(parts, 'warnings')).toEqual([
      expect.stringContaining('server-sse-polling: server-sse-priming-event'),
      expect.stringContaining('server-sse-polling: server-sse-retry-field'),
      expect.stringContaining('sep-2640-skillmd-metadata-name: Not testable'),
      expect.stringContaining('sep-2640-skillmd-metadata-description: Not testable'),
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
