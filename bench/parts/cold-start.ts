import path from 'node:path';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { azuriteConnectionString } from '../../emulators/stack/azurite.ts';
import { compile } from '../../scripts/build/compile.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { makePackage } from '../../scripts/package/package.ts';
import { interleave, type Subject } from '../interleave.ts';
import { startChild } from '../load/child.ts';
import type { BenchOptions } from '../options.ts';
import { atMost } from '../report/aims.ts';
import type { Part, Table } from '../report/results.ts';
import { spreadText } from '../report/tables.ts';
import { median, percentile, ratioSpread } from '../statistics.ts';
import { makeEmptyApp } from '../subjects/empty-app.ts';
import { listTools, resultOf } from '../subjects/messages.ts';
import { scratchDir, toPlainNode } from '../subjects/plain-node.ts';
import { measureImports } from './imports.ts';

const packaged = 'this service, packaged';
const minimal = 'minimal server, SDK 2.x';

/** Of a service that never gets to ask storage for anything. */
const settings = {
  AUTH_MODE: 'disabled',
  DATA_STORAGE: azuriteConnectionString(1),
  AzureWebJobsStorage: azuriteConnectionString(1),
  TENANTS: JSON.stringify([localTenant('contoso')]),
  LOG_LEVEL: 'error',
};

/** Milliseconds from the start of a process to its first answered tools/list. */
export async function measureColdStart({ quick, progress }: BenchOptions): Promise<Part> {
  await compile();
  const app = await makePackage(path.join(scratchDir, 'package'));
  const rounds = quick ? 3 : 15;
  const samples = await interleave(await subjects(app.dir), rounds, (round) =>
    progress(`cold start: round ${round} of ${rounds}`),
  );
  const start = ratioSpread(samples.get(packaged) ?? [], samples.get(minimal) ?? []);
  return {
    title: 'Cold start',
    notes: [
      'From the start of a Node process to the first answered tools/list over HTTP, all from the disk cache; medians of interleaved starts. Everything is plain JavaScript when the clock starts.',
      'The function apps run on the local host without log and durable engine; the empty one shows what that host and the Functions library take by themselves. In Azure the platform adds its own time to place an instance, which nothing here can show.',
    ],
    tables: [
      startTable(samples),
      await measureImports(
        app.loadedAtStart.map(({ name }) => name),
        { quick, progress },
      ),
      {
        caption: 'Kilobytes of code that every start of the packaged build loads, the largest shares',
        columns: ['from', 'kB'],
        rows: app.loadedAtStart.slice(0, 8).map(({ name, bytes }) => [name, Math.ceil(bytes / 1_024)]),
      },
    ],
    aims: [atMost('cold start, packaged, against a minimal server on SDK 2.x', start, 1.5, ' times')],
  };
}

async function subjects(packageDir: string): Promise<Subject<number>[]> {
  const entryPoints = ['minimal-2x', 'minimal-1x', 'host-start'].map((name) => `bench/peers/${name}.ts`);
  const [minimal2 = '', minimal1 = '', host = ''] = await toPlainNode(entryPoints);
  const start = (name: string, ...args: string[]) => ({ name, measure: () => firstAnswer(args) });
  return [
    start(minimal, minimal2),
    start('minimal server, SDK 1.x', minimal1),
    start('empty function app', host, await makeEmptyApp()),
    start(packaged, host, packageDir),
    start('this service, unpackaged', host, projectDir),
  ];
}

async function firstAnswer(args: readonly string[]): Promise<number> {
  const begin = performance.now();
  const child = await startChild({ args, env: settings });
  try {
    // The 2025-11-25 form is the one that all of them understand.
    const { headers, body } = listTools('2025-11-25');
    const response = await fetch(`${child.origin}/mcp`, { method: 'POST', headers, body });
    const text = await response.text();
    const elapsed = performance.now() - begin;
    if (text !== '{}') {
      resultOf(text);
    }
    return elapsed;
  } finally {
    await child.stop();
  }
}

function startTable(samples: ReadonlyMap<string, readonly number[]>): Table {
  const base = samples.get(minimal) ?? [];
  return {
    caption: 'Milliseconds from process start to the first answer',
    columns: ['', 'median', 'slowest tenth from', `times ${minimal}`],
    rows: [...samples].map(([name, values]) => [
      name,
      median(values),
      percentile(values, 90),
      spreadText(ratioSpread(values, base)),
    ]),
  };
}
