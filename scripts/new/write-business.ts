import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UsageError } from '../command-line/usage-error.ts';
import { projectDir } from '../lib/project-dir.ts';

/** Where the business is that a new one begins as. */
const model = path.join(projectDir, 'examples/library');
const nameShape = /^[a-z][a-z0-9]{1,30}$/;

/** Its folder, relative to the repository. */
export const folderOf = (name: string) => `shared/${name}`;

/**
 * Writes a business of that name, which does what the library of the examples does.
 * @returns its files, relative to the repository
 * @throws UsageError when the name is none, or something of that name is there
 */
export function writeBusiness(name: string): readonly string[] {
  if (!nameShape.test(name)) {
    throw new UsageError(`"${name}" is no name; use 2 to 31 lower-case letters and digits, a letter first.`);
  }
  const folder = path.join(projectDir, folderOf(name));
  if (existsSync(folder)) {
    throw new UsageError(`${folderOf(name)} is there already; choose another name.`);
  }
  const files = readdirSync(model, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, renamed(readFileSync(path.join(model, file), 'utf8'), name));
  }
  format(folder);
  return files.map((file) => path.posix.join(folderOf(name), file.replaceAll(path.sep, '/'))).sort();
}

/** Names of values, types and the service; what the sentences say is for whoever goes on to write. */
function renamed(text: string, name: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return text
    .replaceAll('lendingLibrary', name)
    .replaceAll(/LibraryStore|createLibraryApp|seedLibrary/g, (found) => found.replace('Library', type))
    .replaceAll("'library'", `'${name}'`)
    .replaceAll('library-mcp', `${name}-mcp`)
    .replaceAll('Lending library', type);
}

/** A name of another length breaks lines at other places and sorts otherwise. */
function format(folder: string): void {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  execFileSync(process.execPath, [biome, 'check', '--write', folder], { cwd: projectDir, stdio: 'pipe' });
}
