import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { runNode } from '../../support/run.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'kept-'));
  symlinkSync(path.join(projectDir, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  write('package.json', '{"type":"module","imports":{"#words/*":"./words/*.ts"}}');
  write('words/greeting.ts', 'export const greeting: string = "Hello";');
  write(
    'rooms/hall/cli.ts',
    'export { greeting } from "#words/greeting"; export const at = import.meta.url;',
  );
  mkdirSync(path.join(dir, 'scripts'));
  for (const file of readdirSync(path.join(projectDir, 'scripts'))) {
    if (file.endsWith('.cjs')) {
      copyFileSync(path.join(projectDir, 'scripts', file), path.join(dir, 'scripts', file));
    }
  }
});

afterEach(() => rmSync(dir, { recursive: true }));

const place = (file: string) => path.join(dir, file);

function write(file: string, text: string): void {
  mkdirSync(path.dirname(place(file)), { recursive: true });
  writeFileSync(place(file), text);
}

/** What is started for an entry point of this folder. */
async function kept(entry = 'rooms/hall/cli.ts'): Promise<string | undefined> {
  const { keptCommand } = createRequire(place('scripts/'))('./kept-command.cjs') as {
    keptCommand(file: string): Promise<string | undefined>;
  };
  return await keptCommand(place(entry));
}

const exportsOf = async (file: string | undefined): Promise<unknown> => ({
  ...(await import(pathToFileURL(String(file)).href)),
});

it('is put together once, and again when anything that it is made of has changed', async () => {
  const first = await kept();
  expect(await exportsOf(first)).toMatchObject({ greeting: 'Hello' });
  expect(await kept()).toBe(first);

  write('words/greeting.ts', 'export const greeting: string = "Good day";');
  const second = await kept();
  expect(await exportsOf(second)).toMatchObject({ greeting: 'Good day' });
  expect(await kept()).toBe(second);

  write('package.json', '{"type":"module","imports":{"#words/*":"./other-words/*.ts"}}');
  write('other-words/greeting.ts', 'export const greeting = "Good night";');
  expect(await exportsOf(await kept())).toMatchObject({ greeting: 'Good night' });
});

it('is told the place of its source', async () => {
  expect(await exportsOf(await kept())).toMatchObject({ at: pathToFileURL(place('rooms/hall/cli.ts')).href });
});

it('tells in a stack the lines of its sources', async () => {
  write(
    'words/refuse.ts',
    'interface Word {}\n\nexport const refuse = (_: Word): Error => new Error("No.");\n',
  );
  write(
    'rooms/hall/cli.ts',
    'import { refuse } from "#words/refuse";\n\nconst made: unknown = refuse({});\nconsole.log((made as Error).stack);\n',
  );
  const { output } = await runNode(['scripts/launch.cjs', 'rooms/hall/cli.ts'], {}, dir);
  const [sentence, ...places] = output.split('\n');
  expect(sentence).toBe('Error: No.');
  expect(places[0]).toContain(`refuse (${place('words/refuse.ts')}:3:`);
  expect(places[1]).toContain(`${place('rooms/hall/cli.ts')}:3:`);
});

it('tells the place in what was built, where its source was made while bundling and is no file', async () => {
  write('dist/made.mjs', 'console.log(new Error("No.").stack);\n');
  write(
    'dist/made.mjs.map',
    JSON.stringify({ version: 3, sources: ['lazy:made'], names: [], mappings: 'AAAA' }),
  );
  write(
    'rooms/hall/cli.ts',
    'const made = new URL("../../dist/made.mjs", import.meta.url).href;\nawait import(made);\n',
  );
  const { output } = await runNode(['scripts/launch.cjs', 'rooms/hall/cli.ts'], {}, dir);
  const [sentence, ...places] = output.split('\n');
  expect(sentence).toBe('Error: No.');
  expect(places[0]).toContain(`${pathToFileURL(place('dist/made.mjs')).href}:1:`);
});

it('is not kept in a folder that takes no files', async () => {
  write('.local', 'a file in the way');
  expect(await kept()).toBeUndefined();
});

it('is not kept where it has packages of its own, which would not be found', async () => {
  write('rooms/package.json', '{}');
  expect(await kept()).toBeUndefined();
});

it('is not kept when it cannot be put together, so that what is wrong is told by what reads it otherwise', async () => {
  write('words/greeting.ts', 'export const = 1;');
  expect(await kept()).toBeUndefined();
});
