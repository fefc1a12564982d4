import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UsageError } from '../command-line/usage-error.ts';
import { projectDir } from '../lib/project-dir.ts';

/** Where the business is that a new one begins as. */
const model = path.join(projectDir, 'examples/library');
const nameShape = /^[a-z][a-z0-9]{1,30}$/;

/** Its part that is not deployed: what a developer's machine has of it. */
const localPart = 'local-data.ts';
/** Where it is said what may import what. */
const houseFile = path.join(projectDir, 'scripts/arrows/house.ts');
const listOfBusinesses = /(const ownBusinesses: readonly string\[\] = \[)([^\]]*)(\];)/;

/** Its folder, relative to the repository. */
export const folderOf = (name: string) => `shared/${name}`;

/** What a developer's machine has of it, relative to the repository. */
export const localFileOf = (name: string) => `seed/${name}.ts`;

/**
 * Writes a business of that name, which does what the library of the examples does.
 * @returns its files, relative to the repository
 * @throws UsageError when the name is none, or something of that name is there
 */
export function writeBusiness(name: string): readonly string[] {
  if (!nameShape.test(name)) {
    throw new UsageError(`"${name}" is no name; use 2 to 31 lower-case letters and digits, a letter first.`);
  }
  for (const place of [folderOf(name), localFileOf(name)]) {
    if (existsSync(path.join(projectDir, place))) {
      throw new UsageError(`${place} is there already; choose another name.`);
    }
  }
  const files = readdirSync(model, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const written = files.map((file) => {
    const target =
      file === localPart
        ? localFileOf(name)
        : path.posix.join(folderOf(name), file.replaceAll(path.sep, '/'));
    mkdirSync(path.dirname(path.join(projectDir, target)), { recursive: true });
    const text = readFileSync(path.join(model, file), 'utf8');
    writeFileSync(path.join(projectDir, target), renamed(text, name));
    return target;
  });
  addToHouse(name);
  format([folderOf(name), localFileOf(name), houseFile]);
  return written.sort();
}

/** A folder that the house does not know may import nothing. */
function addToHouse(name: string): void {
  const text = readFileSync(houseFile, 'utf8');
  if (!listOfBusinesses.test(text)) {
    throw new Error('scripts/arrows/house.ts has no list ownBusinesses; put it back as it was.');
  }
  writeFileSync(
    houseFile,
    text.replace(listOfBusinesses, (_, begin, listed, end) => `${begin}'${folderOf(name)}',${listed}${end}`),
  );
}

/** Names of values, types and the service; what the sentences say is for whoever goes on to write. */
function renamed(text: string, name: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return text
    .replaceAll('lendingLibrary', name)
    .replaceAll(/LibraryStore|createLibraryApp|seedLibrary/g, (found) => found.replace('Library', type))
    .replaceAll('#examples/library/', `#shared/${name}/`)
    .replaceAll('localData', `${name}LocalData`)
    .replaceAll("'library'", `'${name}'`)
    .replaceAll('library-mcp', `${name}-mcp`)
    .replaceAll('Lending library', type);
}

/** A name of another length breaks lines at other places and sorts otherwise. */
function format(paths: readonly string[]): void {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  execFileSync(process.execPath, [biome, 'check', '--write', ...paths], { cwd: projectDir, stdio: 'pipe' });
}
