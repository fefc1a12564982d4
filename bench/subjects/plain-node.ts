import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { projectDir } from '../../scripts/lib/project-dir.ts';

/** Inside the project; git does not see it. */
export const scratchDir = path.join(projectDir, '.local', 'bench');

/**
 * Turns TypeScript entry points into files that Node runs as they are, so that a start is not charged for compiling.
 * Our own code is bundled; libraries stay where they are, each the one that its importer would have found.
 * @param bundled whether libraries are bundled, too, as they are in what is deployed
 * @returns the files' paths, in the order of the entry points
 */
export async function toPlainNode(
  entryPoints: readonly string[],
  { bundled = false } = {},
): Promise<readonly string[]> {
  const outdir = path.join(scratchDir, bundled ? 'bundled' : 'starts');
  await build({
    absWorkingDir: projectDir,
    entryPoints: [...entryPoints],
    outdir,
    outbase: 'bench',
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    ...(!bundled && { plugins: [librariesInPlace] }),
    format: 'esm',
    // as Node itself resolves
    conditions: [],
    mainFields: ['main'],
    platform: 'node',
    target: 'node20.19',
    logLevel: 'silent',
  });
  return entryPoints.map((file) => path.join(outdir, `${path.basename(file, '.ts')}.mjs`));
}

/** What is made lies elsewhere: imports of libraries name the file itself, and a module knows where its source is. */
const librariesInPlace: Plugin = {
  name: 'libraries-in-place',
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(file).href),
      ),
      loader: 'ts',
    }));
    onResolve({ filter: /^[a-z@]/ }, async ({ path: name, resolveDir, kind, pluginData }) => {
      if (pluginData === librariesInPlace || name.startsWith('node:') || kind === 'entry-point') {
        return undefined;
      }
      const found = await resolve(name, { resolveDir, kind, pluginData: librariesInPlace });
      return found.external || found.errors.length > 0
        ? found
        : { path: pathToFileURL(found.path).href, external: true };
    });
  },
};
