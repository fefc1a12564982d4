import type { Plugin } from 'esbuild';
import { glob } from 'tinyglobby';
import { projectDir } from '../lib/project-dir.ts';

const namespace = 'triggers';

/** The one module that a start loads: it imports every trigger. Made while bundling, and no file. */
export const triggers = `${namespace}:all`;

/** Where it is in the package, beside the folders of what it shares with parts that are loaded later. */
export const triggersFile = 'functions/all';

/**
 * One file for all triggers: the host loads all of them at every start, and Node looks up each import of each file. Apart,
 * they import hundreds of times from each other.
 */
export const allTriggers: Plugin = {
  name: namespace,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${triggers}$`) }, () => ({ path: 'all', namespace }));
    onLoad({ filter: /.*/, namespace }, async () => ({
      contents: (await glob('functions/*.ts', { cwd: projectDir }))
        .sort()
        .map((file) => `import ${JSON.stringify(`./${file}`)};`)
        .join('\n'),
      resolveDir: projectDir,
    }));
  },
};
