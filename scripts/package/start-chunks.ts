import type { Plugin } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';

/** Before a part of the product that is imported lazily, and its file from the project's folder on. */
const namespace = 'lazy';

/** What a start loads and such parts may need, too: all of the app. Nothing in it waits while it loads. */
const start = './shared/app.ts';

/** Whether an input of a bundle is such a module and no file. */
export function isOfStart(input: string): boolean {
  return input.startsWith(`${namespace}:`);
}

/**
 * Keeps what a start loads in few chunks. Bundlers make a chunk for each set of parts that share something, however small:
 * dozens of files at every start, each of which Node looks up and links. Here each part that is imported lazily asks for
 * all that a start loads: so all share the same. When it is loaded, that is there already. Only
 * what libraries share that are imported lazily themselves stays apart.
 */
export const fewStartChunks: Plugin = {
  name: 'few-start-chunks',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^[.#]/ }, async ({ path: name, kind, importer, resolveDir }) => {
      if (kind !== 'dynamic-import' || importer.includes('node_modules')) {
        return undefined;
      }
      const found = await resolve(name, { resolveDir, importer, kind: 'import-statement' });
      if (found.errors.length > 0) {
        return found;
      }
      return { path: found.path.slice(projectDir.length + 1).replaceAll('\\', '/'), namespace };
    });
    onLoad({ filter: /.*/, namespace }, ({ path: file }) => ({
      contents: `import ${JSON.stringify(start)}; export * from ${JSON.stringify(`./${file}`)};`,
      resolveDir: projectDir,
    }));
  },
};
