import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { projectDir } from '../lib/project-dir.ts';
import { cardPage } from './page.ts';

/** Where the pages are, as the product loads them. */
const target = path.join(projectDir, 'shared/contoso/cards/pages');
/** What they are made from besides the cards' own files. */
const others = [
  'scripts/cards/page.ts',
  'shared/platform/dates.ts',
  'shared/platform/errors.ts',
  'shared/platform/format-controls.ts',
  'shared/contoso/diagnosis/finding.ts',
  'shared/contoso/diagnosis/steps.ts',
  'shared/contoso/rules/usage.ts',
];
/** Libraries that are in the pages, or make them. */
const libraries = ['preact', 'esbuild'];

const note = '// Written by `npm run cards` from the folder cards/. Do not edit.\n';

/** Names of the cards: the folders that have a page to show. Each is a name in code, too. */
export async function cardNames(): Promise<readonly string[]> {
  const files = await glob('*/main.tsx', { cwd: path.join(projectDir, 'cards') });
  return files.map((file) => path.dirname(file)).sort();
}

/** Digest of everything that the pages are made from: they are fresh as long as it is the one that they were made from. */
export async function sourcesDigest(): Promise<string> {
  const files = await glob('cards/**/*.{ts,tsx,css,json}', { cwd: projectDir });
  const { devDependencies } = JSON.parse(await readFile(path.join(projectDir, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const hash = createHash('sha256');
  for (const file of [...files, ...others].sort()) {
    hash.update(`${file}\0${await readFile(path.join(projectDir, file), 'utf8')}\0`);
  }
  return hash.update(libraries.map((name) => `${name}@${devDependencies[name]}`).join()).digest('hex');
}

/** The digest of what the pages at hand were made from; undefined when there are none. */
export async function writtenDigest(): Promise<string | undefined> {
  const text = await readFile(path.join(target, 'digests.ts'), 'utf8').catch(() => '');
  return /sources = '(?<digest>[0-9a-f]+)'/.exec(text)?.groups?.digest;
}

/** Whether the library that the cards are built with is installed. */
export function canBuild(): boolean {
  try {
    createRequire(import.meta.url).resolve('preact');
    return true;
  } catch {
    return false;
  }
}

/** The files with the pages, by their names, as they are to be. */
export async function pageFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const digests: string[] = [];
  const names = await cardNames();
  for (const name of names) {
    const html = await cardPage(name);
    const digest = createHash('sha256').update(html).digest('hex').slice(0, 16);
    digests.push(`  ${name}: '${digest}',\n`);
    files.set(`${name}.ts`, `${note}export const page =\n  ${quoted(html)};\n`);
  }
  const sources = await sourcesDigest();
  files.set(
    'digests.ts',
    `${note}\n/** Of what the pages were made from. */\nexport const sources = '${sources}';\n\n/** Of each page. */\nexport const digests = {\n${digests.join('')}} as const;\n`,
  );
  const all = names.map((name) => `export { page as ${name} } from './${name}.ts';\n`);
  files.set('index.ts', `${note}\n${all.join('')}`);
  return files;
}

export async function writePages(): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const [name, text] of await pageFiles()) {
    await writeFile(path.join(target, name), text);
  }
}

/** Names of those that are not on disk as they are to be. */
export async function stalePages(): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [name, text] of await pageFiles()) {
    if ((await readFile(path.join(target, name), 'utf8').catch(() => undefined)) !== text) {
      stale.push(name);
    }
  }
  return stale;
}

function quoted(html: string): string {
  return JSON.stringify(html).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
