import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { glob } from 'tinyglobby';
import { projectDir } from '../build/compile.ts';

/** The worker hands this module out at run time; no package has it. */
export const suppliedByWorker = '@azure/functions-core';

/** Node has `require` in CommonJS only, and the libraries inside ask the worker's own `require` for its module. */
const requireForLibraries = [
  "import { createRequire as createRequireForLibraries } from 'node:module';",
  'const require = createRequireForLibraries(import.meta.url);',
].join('\n');

/**
 * Bundles every trigger with all that it needs into `dir`/dist. What triggers share is in chunks that are loaded
 * once; what is imported lazily has a chunk of its own.
 *
 * Not minified: measured, it saves no start time, and stacks stay readable without source maps.
 * @throws Error when something cannot be bundled
 */
export async function bundle(dir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: projectDir,
    entryPoints: (await glob('functions/*.ts', { cwd: projectDir })).sort(),
    outdir: path.join(dir, 'dist'),
    outbase: '.',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [suppliedByWorker],
    banner: { js: requireForLibraries },
    sourcemap: 'linked',
    // the sources are in the repository of the release; the map alone gives their names and lines
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
  });
  return metafile;
}
