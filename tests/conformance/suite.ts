import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { InstalledApart } from '../../scripts/apart/install.ts';

const expectedFailures = fileURLToPath(new URL('./expected-failures.yml', import.meta.url));

export interface ScenarioResult {
  readonly scenario: string;
  readonly passed: number;
  /** What was wrong, a line each. */
  readonly failures: readonly string[];
  /** What the suite recommends and does not count, a line each. */
  readonly warnings: readonly string[];
  /** The suite itself does not execute the scenario, or it does not apply. */
  readonly skipped: boolean;
}

export interface SuiteRun {
  readonly installed: InstalledApart;
  readonly port: number;
  /** A revision of the protocol: all scenarios that it requires are run, and those that are not scored, too. Or one scenario. */
  readonly scenarios: { readonly requirements: string } | { readonly scenario: string };
}

const checks = z.array(z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }));

/** Path of the suite's program. */
export const suite = ({ modules }: InstalledApart): string =>
  path.join(modules, '@modelcontextprotocol/conformance/dist/index.js');

/** Runs the official suite against a server on this machine; the results in the order of their names. */
export async function runSuite({ installed, port, scenarios }: SuiteRun): Promise<ScenarioResult[]> {
  const chosen = Object.entries(scenarios).flatMap(([option, value]) => [`--${option}`, value]);
  const target = ['--url', `http://127.0.0.1:${port}/mcp`, ...chosen];
  const args = [suite(installed), 'server', ...target, '--expected-failures', expectedFailures];
  return await resultsOf((dir) => outputOf(installed.node, [...args, '-o', dir]));
}

/**
 * What the suite has found, in the order of the scenarios' names.
 * @param run runs it, with its results going to that folder; resolves with what it printed
 * @throws Error when it has left no result
 */
export async function resultsOf(run: (dir: string) => Promise<string>): Promise<ScenarioResult[]> {
  const dir = await mkdtemp(path.join(tmpdir(), 'conformance-'));
  try {
    const output = await run(dir);
    const results = await Promise.all((await readdir(dir)).sort().map((name) => readResult(dir, name)));
    if (results.length === 0) {
      throw new Error(`The conformance suite did not run:\n${output}`);
    }
    return results;
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The suite exits with 1 when a check failed; that is read from its results. */
function outputOf(node: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(node, args, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

/** @param folder such as `server-ping-2026-01-01T00-00-00-000Z` */
async function readResult(dir: string, folder: string): Promise<ScenarioResult> {
  const read = checks.parse(JSON.parse(await readFile(path.join(dir, folder, 'checks.json'), 'utf8')));
  const passed = read.filter(({ status }) => status === 'SUCCESS').length;
  const linesOf = (wanted: string) =>
    read
      .filter(({ status }) => status === wanted)
      .map(({ id, errorMessage = 'no message' }) => `${id}: ${errorMessage}`);
  const failures = linesOf('FAILURE');
  const warnings = linesOf('WARNING');
  return {
    scenario: folder.replace(/^(authorization-)?server-/, '').replace(/-\d{4}-\d{2}-\d{2}T[\d-]+Z$/, ''),
    passed,
    failures,
    warnings,
    skipped: passed + failures.length + warnings.length === 0,
  };
}
