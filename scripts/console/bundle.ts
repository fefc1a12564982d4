import { createHash } from 'node:crypto';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';
import { budget } from './budget.ts';

/** The console as it is served. */
export interface BundledConsole {
  /** Of all its files together. */
  readonly version: string;
  /** The text of each, by its name. */
  readonly files: ReadonlyMap<string, string>;
  /** What is in them, libraries included: each file is one text to whoever bundles the product. */
  readonly metafile: Metafile;
}

/**
 * Bundles the console: what is there at once, and what is loaded when it is needed.
 * @throws Error when it cannot be bundled, has more files than there are routes for, or is too large
 */
export async function bundleConsole(): Promise<BundledConsole> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectDir,
    // the order of modules follows their paths: it is the same where libraries are linked from elsewhere
    preserveSymlinks: true,
    entryPoints: { app: 'console/main.tsx' },
    outdir: path.join('.local', 'console'),
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    charset: 'utf8',
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    // neither is reached: keys of clients that prove who they are, and what the forms' own tests check with
    external: ['jose', '@rjsf/validator-ajv8'],
    plugins: [left],
    // the page's policy forbids code that is made of texts; the protocol's checks would try whether it does
    banner: { js: 'globalThis.__zod_globalConfig??={jitless:true};' },
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
    logLevel: 'silent',
  });
  const names = namesOf(Object.keys(metafile.outputs).map((output) => path.basename(output)));
  const texts = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
  const version = createHash('sha256')
    .update([...texts.values()].join('\0'))
    .digest('hex')
    .slice(0, 12);
  const files = new Map<string, string>();
  for (const [bundled, name] of names) {
    files.set(name, withNames(texts.get(bundled) ?? '', names, version));
  }
  checkSizes(files);
  return { version, files, metafile };
}

/** What the console has no use for: other languages of the protocol's checks, the forms' reader of Markdown. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/locales\/index\.js$/, 'node_modules/zod/v4/locales/en.js'],
  [/^markdown-to-jsx/, 'console/forms/plain-text.ts'],
];

const left: Plugin = {
  name: 'left out',
  setup({ onResolve }) {
    for (const [filter, file] of replaced) {
      onResolve({ filter }, () => ({ path: path.join(projectDir, file) }));
    }
  },
};

/** The names that a gateway has routes for, instead of those of the bundler. */
function namesOf(bundled: readonly string[]): ReadonlyMap<string, string> {
  let shared = 0;
  return new Map(
    [...bundled].sort().map((name) => {
      const [, part, end] = /^([a-z]+)(?:-[0-9A-Z]+)?\.(js|css)$/.exec(name) ?? [];
      if (part === 'chunk') {
        shared += 1;
        return [name, `shared-${shared}.js`];
      }
      return [name, `${part}.${end}`];
    }),
  );
}

/** With the version behind the names that files have for each other. */
function withNames(text: string, names: ReadonlyMap<string, string>, version: string): string {
  return [...names].reduce(
    (changed, [bundled, name]) => changed.replaceAll(`"./${bundled}"`, `"./${name}?v=${version}"`),
    text,
  );
}

function checkSizes(files: ReadonlyMap<string, string>): void {
  const bytes = [...files.values()].reduce((sum, text) => sum + compressed(text).length, 0);
  if (bytes > budget.bytes) {
    throw new Error(`The console has ${bytes} bytes as it is sent; it may have ${budget.bytes}.`);
  }
}

/** As it is sent. */
export function compressed(text: string): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
