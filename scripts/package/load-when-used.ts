import { createRequire } from 'node:module';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** A library, and those of its dependencies that are to be loaded when it first uses them. */
export interface Later {
  readonly library: string;
  /** As the library names them; of each it only uses properties or the call, unless {@link standIn} says otherwise. */
  readonly dependencies: readonly string[];
  /** How the library asks for them: a package may have one file for each way. `require`, when not said. */
  readonly asks?: 'import';
  /** Code of the module that stands in the place of a dependency. @param load expression that loads it, and is it */
  readonly standIn?: (load: string) => string;
}

/** Beside the folders of what is loaded at the start, so that all of these find it in the same way. */
const folder = 'later';

const standInPrefix = 'later-';

/** Whether an input of a bundle is such a module and no file. */
export function isStandIn(input: string): boolean {
  return input.startsWith(standInPrefix);
}

/** Puts something else in the place of the dependencies: modules that turn into them at their first use. */
export function standIns({ library, dependencies, standIn = itself }: Later): Plugin {
  const namespace = `${standInPrefix}${library}`;
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path: name, importer }) =>
        dependencies.includes(name) && importer.replaceAll('\\', '/').includes(`/node_modules/${library}/`)
          ? { path: name, namespace }
          : undefined,
      );
      onResolve({ filter: /.*/, namespace }, ({ path: file }) => ({ path: file, external: true }));
      onLoad({ filter: /.*/, namespace }, ({ path: name }) =>
        // a library may be listed several times
        dependencies.includes(name)
          ? { contents: standIn(`require(${JSON.stringify(importOf(name))})`) }
          : undefined,
      );
    },
  };
}

function itself(load: string): string {
  return `module.exports = new Proxy(function () {}, {
    get: (_target, property) => ${load}[property],
    apply: (_target, self, parameters) => Reflect.apply(${load}, self, parameters),
    construct: (_target, parameters) => Reflect.construct(${load}, parameters),
  });`;
}

/**
 * Bundles each dependency into a file of its own below `dir`, under the name by which its stand-in asks for it.
 * @param options as for what is loaded at the start
 */
export async function bundleLater(dir: string, later: Later, options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    ...options,
    entryPoints: later.dependencies.map((name) => ({ in: name, out: fileOf(name) })),
    plugins: [askedByLibrary(later)],
    outdir: path.join(dir, folder),
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // none of it is ours, and it is as readable as what it was made of
    sourcemap: false,
    metafile: true,
  });
  return metafile;
}

/** Finds the files that the library would have got. */
function askedByLibrary({ library, asks }: Later): Plugin {
  const resolveDir = path.dirname(createRequire(import.meta.url).resolve(library));
  return {
    name: 'asked-by-library',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, ({ path: name, kind }) =>
        kind === 'entry-point'
          ? resolve(name, { resolveDir, kind: asks === 'import' ? 'import-statement' : 'require-call' })
          : undefined,
      );
    },
  };
}

/**
 * @param inputs of the bundle
 * @throws Error when a library does not ask for one of them any more: then it is loaded at once under another name
 */
export function checkStandIns({ library, dependencies }: Later, inputs: Metafile['inputs']): void {
  const gone = dependencies.find((name) => inputs[`${standInPrefix}${library}:${name}`] === undefined);
  if (gone !== undefined) {
    throw new Error(`${library} does not ask for ${gone} any more; look at what it loads instead.`);
  }
}

/** The dependency that an import of the finished bundle stands for; undefined for any other import. */
export function laterNamed(imported: string, { dependencies }: Later): string | undefined {
  return dependencies.find((name) => importOf(name) === imported);
}

const importOf = (name: string) => `../${folder}/${fileOf(name)}.cjs`;
const fileOf = (name: string) => name.replace('@', '').replaceAll('/', '-');
