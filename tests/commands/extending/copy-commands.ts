import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectDir } from '#scripts/lib/project-dir';

const kept = path.join('.local', 'commands');

/**
 * Gives a copy of the project the commands that were put together here (`scripts/kept-command.cjs`): from the same
 * sources, which they are told the places of. What is changed in the copy is put together there.
 */
export function copyCommands(dir: string): void {
  const folder = path.join(projectDir, kept);
  const records = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  mkdirSync(path.join(dir, kept), { recursive: true });
  for (const record of records) {
    const { file, inputs } = JSON.parse(readFileSync(path.join(folder, record), 'utf8'));
    const made = path.join(kept, path.basename(path.dirname(file)));
    if (!existsSync(path.join(projectDir, made))) {
      // made so long ago that it was removed
      continue;
    }
    copyModules(made, dir);
    const own = { file: path.join(dir, made, path.basename(file)), inputs };
    writeFileSync(path.join(dir, kept, record), JSON.stringify(own));
  }
}

function copyModules(folder: string, dir: string): void {
  mkdirSync(path.join(dir, folder), { recursive: true });
  for (const name of readdirSync(path.join(projectDir, folder))) {
    const text = readFileSync(path.join(projectDir, folder, name), 'utf8');
    writeFileSync(
      path.join(dir, folder, name),
      text
        .replaceAll(pathToFileURL(projectDir).href, pathToFileURL(dir).href)
        .replaceAll(quoted(projectDir), quoted(dir)),
    );
  }
}

/** As it stands between quotation marks. */
const quoted = (place: string) => JSON.stringify(place).slice(1, -1);
