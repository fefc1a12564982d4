import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { glob } from 'tinyglobby';
import { projectDir } from '#scripts/lib/project-dir';
import { suppliedByWorker } from '#scripts/package/bundle';
import { markAwaits } from './mark-awaits.ts';

/** A fault that is put into the product on purpose. */
export interface Plant {
  /** From the project's folder. */
  readonly file: string;
  /** Stands there once. */
  readonly replace: string;
  readonly by: string;
}

/** The product with its marks, put together once for all the processes of a run. */
export interface Assembled {
  /** What runs the scripts. */
  readonly runner: string;
  /** By what is started: the script of a process, and what it is told behind its orders. */
  readonly doors: Readonly<Record<Door, readonly [script: string, ...more: string[]]>>;
  readonly dir: string;
}

/** The app alone, or the functions of a host with its engine. */
export type Door = 'app' | 'host';

/** Its own code, as it is deployed. */
const own = /^(?:functions|shared)\//;
const projectFiles = /\/(?:functions|shared|emulators)\/.*\.ts$/;
const here = 'tests/recovery/crash-points';

/**
 * @param doors what is to be started
 * @param plants faults, and shorter times
 * @throws Error when what is planted has no place, or the code cannot be read
 */
export async function assemble(doors: ReadonlySet<Door>, plants: readonly Plant[] = []): Promise<Assembled> {
  const dir = await mkdtemp(path.join(projectDir, '.local', 'crash-points-'));
  const [app, host] = [path.join(dir, 'app.js'), path.join(dir, 'host.js')];
  const functions = path.join(dir, 'functions-app');
  const runner = path.join(dir, 'kept-script.cjs');
  const common = optionsWith(plants);
  const work = {
    app: async () => [await build({ ...common, entryPoints: [`${here}/app-instance.ts`], outfile: app })],
    host: () =>
      Promise.all([
        build({ ...common, entryPoints: [`${here}/host-instance.ts`], outfile: host }),
        assembleFunctions(functions, runner, common),
      ]),
  };
  // a run goes on with what it began with, whatever becomes of the sources
  await cp(path.join(projectDir, here, 'kept-script.cjs'), runner);
  await Promise.all([...doors].map((door) => work[door]()));
  return { runner, doors: { app: [app], host: [host, functions] }, dir };
}

/** A folder as the host takes it. */
async function assembleFunctions(dir: string, runner: string, common: BuildOptions): Promise<void> {
  const triggers = await glob('functions/*.ts', { cwd: projectDir });
  const script = path.join(dir, 'triggers.js');
  await build({
    ...common,
    stdin: { contents: triggers.map((file) => `import './${file}';`).join('\n'), resolveDir: projectDir },
    outfile: script,
  });
  await cp(path.join(projectDir, 'host.json'), path.join(dir, 'host.json'));
  await writeFile(path.join(dir, 'package.json'), JSON.stringify({ main: 'main.mjs' }));
  await writeFile(path.join(dir, 'main.mjs'), `import { run } from '${runner}'; await run('${script}');`);
}

function optionsWith(plants: readonly Plant[]): BuildOptions {
  return {
    absWorkingDir: projectDir,
    bundle: true,
    // the body of a function that may wait, which is kept in one piece
    format: 'esm',
    banner: { js: 'return (async () => {' },
    footer: { js: '})();' },
    // only what is not run here asks where it is
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(projectDir).href) },
    platform: 'node',
    target: 'node20.19',
    keepNames: true,
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'silent',
    plugins: [marking([loading, ...plants]), required],
  };
}

/** The host loads an app with what is handed to the function: code that is kept cannot import. */
const loading: Plant = {
  file: 'emulators/host/worker/entry-points.ts',
  replace: 'await import(pathToFileURL(',
  by: 'await load(pathToFileURL(',
};

/** What comes from Node, or from the host, is asked for with `require`: a function has no imports. */
const required: Plugin = {
  name: 'required',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@\w]/ }, ({ path: name, namespace }) =>
      isBuiltin(name) || name === suppliedByWorker
        ? { path: name, ...(namespace === 'required' ? { external: true } : { namespace: 'required' }) }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path: name }) => ({
      contents: `module.exports = require(${JSON.stringify(name)});`,
    }));
  },
};

function marking(plants: readonly Plant[]): Plugin {
  return {
    name: 'crash points',
    setup({ onLoad }) {
      onLoad({ filter: projectFiles }, async ({ path: absolute }) => {
        const file = path.relative(projectDir, absolute).replaceAll(path.sep, '/');
        const text = planted(file, await readFile(absolute, 'utf8'), plants);
        return { contents: own.test(file) ? markAwaits(file, text) : text, loader: 'ts' };
      });
    },
  };
}

function planted(file: string, text: string, plants: readonly Plant[]): string {
  let result = text;
  for (const plant of plants.filter((one) => one.file === file)) {
    if (result.split(plant.replace).length !== 2) {
      throw new Error(`What is planted in ${file} has no place there any more.`);
    }
    result = result.replace(plant.replace, () => plant.by);
  }
  return result;
}
