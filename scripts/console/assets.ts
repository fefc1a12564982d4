import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { glob } from 'tinyglobby';
import { consoleFiles } from '#platform/console/files';
import { projectDir } from '../lib/project-dir.ts';
import { bundleConsole, compressed } from './bundle.ts';

/** Where the product loads it from. */
const target = path.join(projectDir, 'shared/platform/console/assets/index.ts');
/** Libraries that are in the console, or make it. */
const libraries = [
  'preact',
  'react',
  'react-dom',
  'esbuild',
  'zod',
  '@modelcontextprotocol/client',
  '@modelcontextprotocol/ext-apps',
  '@rjsf/core',
  '@rjsf/utils',
  '@cfworker/json-schema',
];

/** Whether what the console is built with is installed. */
export function canBuild(): boolean {
  try {
    createRequire(import.meta.url).resolve('@rjsf/core');
    return true;
  } catch {
    return false;
  }
}

/** Digest of everything that the console is made from. */
export async function sourcesDigest(): Promise<string> {
  const files = await glob(['console/**/*.{ts,tsx,css,json}', 'scripts/console/bundle.ts'], {
    cwd: projectDir,
  });
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(path.join(projectDir, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const versions: Record<string, string> = { ...dependencies, ...devDependencies };
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash.update(`${file}\0${await readFile(path.join(projectDir, file), 'utf8')}\0`);
  }
  return hash.update(libraries.map((name) => `${name}@${versions[name]}`).join()).digest('hex');
}

/** The digest of what the files at hand were made from; undefined when there are none. */
export async function writtenDigest(): Promise<string | undefined> {
  return /sources = '(?<digest>[0-9a-f]+)'/.exec(await written())?.groups?.digest;
}

export async function writeAssets(): Promise<void> {
  const { version, files } = await bundleConsole();
  const lines = [...files].map(
    ([name, text]) => `  '${named(name)}':\n    '${compressed(text).toString('base64')}',\n`,
  );
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(
    target,
    `// Written by \`npm run console\` from the folder console/. Do not edit.

/** Of what the files were made from. */
export const sources = '${await sourcesDigest()}';

/** Of the files. */
export const version = '${version}';

/** Each compressed with Brotli, in Base64. */
export const files: Readonly<Record<string, string>> = {\n${lines.join('')}};\n`,
  );
}

/** Names of the files that do not hold what the bundler makes of the sources. */
export async function staleFiles(): Promise<readonly string[]> {
  const { files } = await bundleConsole();
  const text = await written();
  return [...files].flatMap(([name, built]) => {
    const packed = new RegExp(`'${name}':\\s+'([^']*)'`).exec(text)?.[1] ?? '';
    const isAsBuilt =
      packed !== '' && brotliDecompressSync(Buffer.from(packed, 'base64')).toString() === built;
    return isAsBuilt ? [] : [name];
  });
}

/** @throws Error when a gateway has no route for it */
function named(name: string): string {
  if (!Object.hasOwn(consoleFiles, name)) {
    throw new Error(`The console has a file ${name}; list it in shared/platform/console/files.ts.`);
  }
  return name;
}

async function written(): Promise<string> {
  return await readFile(target, 'utf8').catch(() => '');
}
