import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { endOf, nextMessage } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import type { BenchOptions } from '../options.ts';
import type { Table } from '../report/results.ts';
import { median } from '../statistics.ts';
import { toPlainNode } from '../subjects/plain-node.ts';

type Steps = readonly (readonly [name: string, milliseconds: number])[];

/**
 * What loading the unpackaged build consists of: each library, in this order, and then our own code.
 * @param loadedAtStart packages that a start loads; the others are for deployments that ask for them
 */
export async function measureImports(
  loadedAtStart: readonly string[],
  { quick, progress }: Pick<BenchOptions, 'quick' | 'progress'>,
): Promise<Table> {
  const [script = ''] = await toPlainNode(['bench/peers/import-steps.ts']);
  const app = pathToFileURL(path.join(projectDir, 'dist/shared/app.js')).href;
  const libraries = (await dependencies()).filter((name) => loadedAtStart.includes(name));
  const runs: Steps[] = [];
  for (let round = 0; round < (quick ? 3 : 15); round += 1) {
    progress(`module load: round ${round + 1}`);
    runs.push(await importOnce(script, [...libraries, app]));
  }
  const names = ['Node itself', ...libraries, app];
  return {
    caption: 'Milliseconds that loading takes, unpackaged: what each library adds to those above it',
    columns: ['', 'median'],
    rows: names.map((name, index) => [
      name === app ? 'our own code' : name,
      median(runs.map((steps) => steps[index]?.[1] ?? Number.NaN)),
    ]),
  };
}

async function dependencies(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(path.join(projectDir, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.keys(manifest.dependencies);
}

async function importOnce(script: string, names: readonly string[]): Promise<Steps> {
  const child = spawn(process.execPath, [script, ...names], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = endOf(child);
  const steps = await nextMessage<Steps>(child, ended);
  await ended;
  if (steps === undefined) {
    throw new Error('The modules could not be loaded.');
  }
  return steps;
}
