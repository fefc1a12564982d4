import { createRequire } from 'node:module';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** A library, and those of its dependencies that are to be loaded when it first uses them. */
export interface Later {
  readonly library: string;
  /** As the library names them; each is a CommonJS module, of which it only uses properties or the call. */
  readonly dependencies: readonly string[];
}

/** Beside the folders of what is loaded at the start, so that all of these find it in the same way. */
const folder = 'later';

const standInPrefix = 'later-';

/** Whether an input of a bundle is such a module and no file. */
export function isStandIn(input: string): boolean {
  return input.startsWith(standInPrefix);
}

/** Puts something else in the place of the dependencies: modules that turn into them at their first use. */
export function standIns({ library, dependencies }: Later): Plugin {
  const namespace = `${standInPrefix}${library}`;
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[a-z]/ }, ({ path: name, importer }) =>
        dependencies.includes(name) && importer.replaceAll('\\', '/').includes(`/node_modules/${library}/`)
          ? { path: name, namespace }
          : undefined,
      );
      onResolve({ filter: /.*/, namespace }, ({ path: file }) => ({ path: file, external: true }));
      onLoad({ filter: /.*/, namespace }, ({ path: name }) => ({ contents: standIn(name) }));
    },
  };
}

function standIn(name: string): string {
  const load = `require(${JSON.stringify(importOf(name))})`;
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
export async function bundleLater(
  dir: string,
  { library, dependencies }: Later,
  options: BuildOptions,
): Promise<Metafile> {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve(library));
  const { metafile } = await build({
    ...options,
    entryPoints: Object.fromEntries(dependencies.map((name) => [fileOf(name), resolve(name)])),
    outdir: path.join(dir, folder),
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // none of it is ours, and it is as readable as what it was made of
    sourcemap: false,
    metafile: true,
  });
  return metafile;
}

/** The dependency that an import of the finished bundle stands for; undefined for any other import. */
export function laterNamed(imported: string, { dependencies }: Later): string | undefined {
  return dependencies.find((name) => importOf(name) === imported);
}

const importOf = (name: string) => `../${folder}/${fileOf(name)}.cjs`;
const fileOf = (name: string) => name.replaceAll('/', '-');
