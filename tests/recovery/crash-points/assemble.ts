import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { glob } from 'tinyglobby';
import { projectDir } from '#scripts/lib/project-dir';
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
  /** The program that serves the app by itself. */
  readonly app: string;
  /** The folder of a function app, for the local host. */
  readonly functions: string;
  readonly dir: string;
}

/** Its own code, as it is deployed. */
const own = /\/(?:functions|shared)\/.*\.ts$/;

/** @throws Error when the fault to plant has no place, or the code cannot be read */
export async function assemble(plant?: Plant): Promise<Assembled> {
  const dir = await mkdtemp(path.join(projectDir, '.local', 'crash-points-'));
  const functions = path.join(dir, 'functions-app');
  const common = {
    absWorkingDir: projectDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    keepNames: true,
    // half the text is read in half the time, by each of many processes
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'silent',
    plugins: [marking(plant)],
  } satisfies BuildOptions;
  await build({
    ...common,
    entryPoints: await glob('functions/*.ts', { cwd: projectDir }),
    outbase: 'functions',
    outdir: path.join(functions, 'dist'),
    packages: 'external',
  });
  await build({
    ...common,
    entryPoints: ['tests/recovery/crash-points/app-instance.ts'],
    outdir: path.join(dir, 'app'),
    // together with their packages, programs start in half the time; what is left out uses `require` for Node's own
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
  });
  await cp(path.join(projectDir, 'host.json'), path.join(functions, 'host.json'));
  await writeFile(
    path.join(functions, 'package.json'),
    JSON.stringify({ type: 'module', main: 'dist/*.js' }),
  );
  await writeFile(path.join(dir, 'package.json'), JSON.stringify({ type: 'module' }));
  return { app: path.join(dir, 'app', 'app-instance.js'), functions, dir };
}

function marking(plant: Plant | undefined): Plugin {
  return {
    name: 'crash points',
    setup({ onLoad }) {
      onLoad({ filter: own }, async ({ path: absolute }) => {
        const file = path.relative(projectDir, absolute).replaceAll(path.sep, '/');
        const text = await readFile(absolute, 'utf8');
        return file.startsWith('functions/') || file.startsWith('shared/')
          ? { contents: markAwaits(file, planted(file, text, plant)), loader: 'ts' }
          : undefined;
      });
    },
  };
}

function planted(file: string, text: string, plant: Plant | undefined): string {
  if (plant?.file !== file) {
    return text;
  }
  if (text.split(plant.replace).length !== 2) {
    throw new Error(`The fault that is planted in ${file} has no place there any more.`);
  }
  return text.replace(plant.replace, () => plant.by);
}
