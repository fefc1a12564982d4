import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { explain } from '../scripts/command-line/explain.ts';
import { besidePeers } from './beside-peers.ts';
import { draw } from './charts/draw.ts';
import { chartsOf } from './charts/of-results.ts';
import { readGrowth } from './growth/last.ts';
import { thisMachine } from './machine.ts';
import { type BenchOptions, type PartName, parseOptions, usage } from './options.ts';
import { growthPath, pagePath, resultsPath } from './paths.ts';
import { performancePage } from './report/page.ts';
import { type Part, type Results, results as resultsShape } from './report/results.ts';
import { aimsTable, plainTable } from './report/tables.ts';
import { withParts } from './report/with-parts.ts';
import { isMissing, runParts } from './run-parts.ts';

const measures: Readonly<Record<PartName, (options: BenchOptions) => Promise<Part>>> = {
  'in-process': async (options) => await (await import('./parts/in-process.ts')).measureInProcess(options),
  http: async (options) => await (await import('./parts/http.ts')).measureHttp(options),
  'cold-start': async (options) => await (await import('./parts/cold-start.ts')).measureColdStart(options),
  cost: async (options) => await (await import('./parts/cost.ts')).measureCost(options),
  streams: async (options) => await (await import('./parts/streams.ts')).measureStreams(options),
  console: async (options) => await (await import('./parts/console.ts')).measureConsole(options),
};

try {
  const args = process.argv.slice(2);
  const options = parseOptions(args);
  if (options === undefined) {
    console.log(usage);
  } else if (options.pageOnly) {
    await writePage();
  } else if (options.growth) {
    await growth(options.quick);
  } else if (options.soak) {
    const { soakCommand } = await import('./load/soak/command.ts');
    print(await soakCommand(options.minutes, progress));
  } else {
    const alone: readonly PartName[] = ['cost', 'console'];
    const elsewhere = options.parts.every((part) => alone.includes(part))
      ? undefined
      : await besidePeers(args);
    if (elsewhere === undefined) {
      await run({ ...options, progress });
    } else {
      process.exitCode = elsewhere;
    }
  }
} catch (error) {
  const { text, exitCode } = explain(error);
  console.error(text);
  process.exitCode = exitCode;
}

async function growth(quick: boolean): Promise<void> {
  const { growthCommand } = await import('./growth/command.ts');
  print(await growthCommand(quick, progress));
  if (!quick) {
    await format(growthPath);
    await writePage();
  }
}

async function run(options: BenchOptions): Promise<void> {
  const machine = thisMachine(new Date());
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load}\n`);
  const parts = await runParts(
    options.parts,
    async (name) => {
      const part = await measures[name](options);
      print(part);
      return part;
    },
    (name, error) => console.error(`The part ${name} failed: ${explain(error).text}`),
  );
  const missing = parts.filter(isMissing);
  for (const { title, skipped } of missing) {
    console.error(`${title}: ${skipped}`);
  }
  process.exitCode = missing.length === 0 ? 0 : 1;
  if (options.isWhole) {
    await write({ machine, aims: parts.flatMap(({ aims }) => aims), parts }, options.writeDocs);
  } else if (options.keep && missing.length === 0) {
    await write(withParts(await lastResults(), machine, parts), true);
  }
}

function print({ title, notes, tables, aims, skipped }: Part): void {
  console.log(`== ${title} ==\n`);
  if (skipped !== undefined) {
    console.log(`Skipped: ${skipped}\n`);
  }
  for (const note of notes) {
    console.log(`${note}\n`);
  }
  for (const table of tables) {
    console.log(`${plainTable(table)}\n`);
  }
  if (aims.length > 0) {
    console.log(`${plainTable({ caption: 'Aims', ...aimsTable(aims) })}\n`);
  }
}

async function write(results: Results, docs: boolean): Promise<void> {
  await writeFile(resultsPath, `${JSON.stringify(results, null, 2)}\n`);
  await format(resultsPath);
  console.log('bench/results.json written.');
  if (docs) {
    await writePage();
  }
}

/** The file is committed, so it is formatted like every other file. */
async function format(file: string): Promise<void> {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  await promisify(execFile)(process.execPath, [biome, 'format', '--write', file]);
}

function progress(what: string): void {
  console.error(`… ${what}`);
}

async function lastResults(): Promise<Results> {
  return resultsShape.parse(JSON.parse(await readFile(resultsPath, 'utf8')));
}

/** The page comes from the file, so that it can be made anew from an earlier run. */
async function writePage(): Promise<void> {
  const results = await lastResults();
  const grown = await readGrowth();
  const charts = chartsOf(results, grown);
  await draw(charts);
  await writeFile(pagePath, performancePage(results, grown, charts));
  console.log('docs/performance.md and its charts written.');
}
