import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { glob } from 'tinyglobby';
import { projectDir } from '../lib/project-dir.ts';
import { bundleLater, type Later, standIns } from './load-when-used.ts';

/** The worker hands this module out at run time; no package has it. */
export const suppliedByWorker = '@azure/functions-core';

/** What is needed to start, ask and replay jobs, and not to register them: a third of all that would be loaded. */
export const onlyForJobs: Later = {
  library: 'durable-functions',
  dependencies: ['axios', 'validator', 'moment', 'uuid', 'lodash/cloneDeep'],
};

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
 * Bundles every trigger with all that it needs into `dir`/dist. What triggers share is in chunks that are loaded
 * once; what is imported lazily has a chunk of its own.
 *
 * Not minified: measured, it saves no start time, and stacks stay readable without source maps.
 * @throws Error when something cannot be bundled
 */
export async function bundle(dir: string): Promise<Metafile> {
  const dist = path.join(dir, 'dist');
  const { metafile } = await build({
    ...common,
    entryPoints: (await glob('functions/*.ts', { cwd: projectDir })).sort(),
    outdir: dist,
    outbase: '.',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    plugins: [standIns(onlyForJobs)],
    banner: { js: requireForLibraries },
    metafile: true,
  });
  const later = await bundleLater(dist, onlyForJobs, common);
  return {
    inputs: { ...later.inputs, ...metafile.inputs },
    outputs: { ...later.outputs, ...metafile.outputs },
  };
}
