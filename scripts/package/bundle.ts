import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';
import { bundleLater, checkStandIns, standIns } from './load-when-used.ts';
import { loadedLater } from './loaded-later.ts';
import { withReadyDefinitions } from './ready-definitions.ts';
import { fewStartChunks } from './start-chunks.ts';
import { allTriggers, triggers, triggersFile } from './triggers.ts';
import { joined } from './within.ts';

/** The worker hands this module out at run time; no package has it. */
export const suppliedByWorker = '@azure/functions-core';

/** Node has `require` in CommonJS only, and the libraries inside ask the worker's own `require` for its module. */
const requireForLibraries = [
  "import { createRequire as createRequireForLibraries } from 'node:module';",
  'const require = createRequireForLibraries(import.meta.url);',
].join('\n');

const common: BuildOptions = {
  absWorkingDir: projectDir,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: [suppliedByWorker],
  sourcemap: 'linked',
  // the sources are in the repository of the release; the map alone gives their names and lines
  sourcesContent: false,
  logLevel: 'silent',
};

/**
 * Bundles all triggers with all that they need into `dir`/dist. What they share with parts that are imported lazily is in
 * few chunks; each of these parts has a chunk of its own.
 *
 * Not minified: measured, it saves no start time, and stacks stay readable without source maps.
 * @throws Error when something cannot be bundled
 */
export async function bundle(dir: string): Promise<Metafile> {
  const dist = path.join(dir, 'dist');
  const { metafile } = await build({
    ...common,
    entryPoints: [{ in: triggers, out: triggersFile }],
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    plugins: [allTriggers, fewStartChunks, withReadyDefinitions, ...loadedLater.map(standIns)],
    banner: { js: requireForLibraries },
    metafile: true,
  });
  for (const later of loadedLater) {
    checkStandIns(later, metafile.inputs);
  }
  const apart = await Promise.all(loadedLater.map((later) => bundleLater(dist, later, common)));
  return joined([...apart, metafile]);
}
