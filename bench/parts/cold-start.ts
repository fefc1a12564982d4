import path from 'node:path';
import { startAzurite } from '../../emulators/stack/azurite.ts';
import { compile } from '../../scripts/build/compile.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { makePackage } from '../../scripts/package/package.ts';
import { interleave, type Subject } from '../interleave.ts';
import type { BenchOptions } from '../options.ts';
import { atMost } from '../report/aims.ts';
import type { Part, Table } from '../report/results.ts';
import { spreadText } from '../report/tables.ts';
import { median, percentile, ratioSpread, type Spread } from '../statistics.ts';
import { makeEmptyApp } from '../subjects/empty-app.ts';
import { scratchDir, toPlainNode } from '../subjects/plain-node.ts';
import { firstAnswer, type Start, settingsFor } from './first-answer.ts';
import { measureFirstList } from './first-list.ts';
import { measureImports } from './imports.ts';

const packaged = 'this service, packaged';
const minimal = 'minimal server, SDK 2.x, bundled';

type Starts = ReadonlyMap<string, readonly Start[]>;

/** From the start of a process to its first answered tools/list. */
export async function measureColdStart(options: BenchOptions): Promise<Part> {
  await compile();
  // empty, and there: a service whose storage is gone would wait for it before its first list
  const azurite = await startAzurite({ port: 0 });
  try {
    return await measureStarts(options, settingsFor(azurite.connectionString));
  } finally {
    await azurite.stop();
  }
}

async function measureStarts(
  { quick, rounds: asked, progress }: BenchOptions,
  env: Readonly<Record<string, string>>,
): Promise<Part> {
  const app = await makePackage(path.join(scratchDir, 'package'));
  const [host = ''] = await toPlainNode(['bench/peers/host-start.ts']);
  const rounds = quick ? 3 : Math.min(asked ?? 15, 15);
  const starts = await interleave(await subjects(app.dir, host, env), rounds, (round) =>
    progress(`cold start: round ${round} of ${rounds}`),
  );
  const first = await measureFirstList(app, host, env);
  const aim = (unit: keyof Start, what: string) =>
    atMost(
      `first answer after process start, packaged, against a minimal server that is bundled too: ${what}`,
      against(starts, packaged, unit),
      1,
      ' times',
    );
  const libraries = app.loadedAtStart.map(({ name }) => name);
  return {
    title: 'Cold start',
    notes: [
      'From the start of a Node process to the first answered tools/list over HTTP, all from the disk cache; medians of interleaved starts. Storage is a process of its own, which is there and empty. Everything is plain JavaScript when the clock starts.',
      'A list leaves out what the operator switched off, which is read from storage: so the storage library is loaded for the first list, and not for `initialize` and `server/discover`, whose answers do not depend on it. Where tokens are verified, the library for that is loaded with the first request, before anything is answered; this process verifies nobody.',
      'The function apps run on the local host without log and durable engine; the empty one shows what that host and the Functions library take by themselves. In Azure the platform adds its own time to place an instance, which nothing here can show.',
    ],
    tables: [
      startTable(starts),
      first.table,
      await measureImports(libraries, { quick, progress }),
      {
        caption: 'Kilobytes of code that every start of the packaged build loads, the largest shares',
        columns: ['from', 'kB'],
        rows: app.loadedAtStart.slice(0, 8).map(({ name, bytes }) => [name, Math.ceil(bytes / 1_024)]),
      },
    ],
    aims: [aim('cpu', 'CPU time'), aim('wall', 'time on the clock'), ...first.aims],
  };
}

async function subjects(
  packageDir: string,
  host: string,
  env: Readonly<Record<string, string>>,
): Promise<Subject<Start>[]> {
  const minimals = ['bench/peers/minimal-2x.ts', 'bench/peers/minimal-1x.ts'];
  const [minimal2 = '', minimal1 = ''] = await toPlainNode(minimals);
  const [bundled2 = ''] = await toPlainNode(minimals.slice(0, 1), { bundled: true });
  const start = (name: string, ...args: string[]) => ({ name, measure: () => firstAnswer(args, env) });
  return [
    start(minimal, bundled2),
    start('minimal server, SDK 2.x', minimal2),
    start('minimal server, SDK 1.x', minimal1),
    start('empty function app', host, await makeEmptyApp()),
    start(packaged, host, packageDir),
    start('this service, unpackaged', host, projectDir),
  ];
}

function against(starts: Starts, name: string, unit: keyof Start): Spread {
  const of = (subject: string) => (starts.get(subject) ?? []).map((start) => start[unit]);
  return ratioSpread(of(name), of(minimal));
}

function startTable(starts: Starts): Table {
  return {
    caption: 'Milliseconds from process start to the first answer',
    columns: ['', 'CPU', 'clock', 'slowest tenth from', 'CPU, times the first', 'clock, times the first'],
    rows: [...starts].map(([name, values]) => [
      name,
      median(values.map(({ cpu }) => cpu)),
      median(values.map(({ wall }) => wall)),
      percentile(
        values.map(({ wall }) => wall),
        90,
      ),
      spreadText(against(starts, name, 'cpu')),
      spreadText(against(starts, name, 'wall')),
    ]),
  };
}
